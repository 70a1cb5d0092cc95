/** Reads images, audio and video of an item in several vocabularies. */
import type { ItemEnclosure, ItemImage, Link } from '../../model/item.js';
import { cutAt, PARSE_LIMITS } from '../limits.js';
import { attribute, child, children, childText, elementText, type XmlNode } from '../xml/element.js';
import { secondsIn } from './episode.js';
import { wholeNumber } from './links.js';
import { type MappingContext, resolveAt } from './mapping-context.js';

const PICTURE = /\.(?:avif|gif|jpe?g|png|svg|webp)(?:[?#]|$)/i;

/** What has a width and is no picture. */
const MOVING =
  /\.(?:flv|m3u8|m4v|mkv|mov|mp4|mpe?g|ogv|swf|webm|wmv)(?:[?#]|$)|\/(?:embed|player|v|videos?|watch)(?:[/?]|$)/i;

/** `media:group` and `media:content` may contain elements of the item; some feeds put these into a `link`. */
export function mediaParents(item: XmlNode): readonly XmlNode[] {
  const outer = [item, ...children(item, 'link')].flatMap((parent) => [parent, ...children(parent, 'media:group')]);
  const contents = outer.flatMap((parent) => children(parent, 'media:content')).slice(0, PARSE_LIMITS.list);
  return [...outer, ...contents];
}

/**
 * RSS enclosures, Atom's enclosure links, then media:content other than images; each address once. itunes:duration is that of the
 * enclosures, which are the same in several encodings.
 */
export function itemEnclosures(
  item: XmlNode,
  parents: readonly XmlNode[],
  links: readonly Link[],
  context: MappingContext,
): ItemEnclosure[] {
  const found = new Map<string, ItemEnclosure>();
  const add = (enclosure: ItemEnclosure | null): void => {
    if (!enclosure) return;
    const known = found.get(enclosure.url);
    if (known !== undefined) known.duration ??= enclosure.duration;
    else if (found.size < PARSE_LIMITS.list) found.set(enclosure.url, enclosure);
  };
  const duration = secondsIn(childText(item, 'itunes:duration'));
  const played = (enclosure: ItemEnclosure | null) => enclosure && { ...enclosure, duration };
  for (const node of children(item, 'enclosure')) add(played(enclosureAt(node, 'length', context)));
  for (const { rel, href: url, type, length } of links) if (rel === 'enclosure') add({ url, type, length, duration });
  for (const parent of parents) {
    for (const node of children(parent, 'media:content'))
      if (!isPicture(node)) add(enclosureAt(node, 'fileSize', context));
  }
  return [...found.values()];
}

function enclosureAt(node: XmlNode, lengthName: string, context: MappingContext): ItemEnclosure | null {
  const url = attribute(node, 'url') ?? attribute(node, 'href') ?? attribute(node, 'rdf:resource');
  if (url === null || url.length > PARSE_LIMITS.line) return null;
  return {
    url: resolveAt(url, node, context),
    type: attribute(node, 'type'),
    length: wholeNumber(attribute(node, lengthName) ?? attribute(node, 'length')),
    duration: secondsIn(attribute(node, 'duration')),
  };
}

function isPicture(node: XmlNode): boolean {
  const medium = attribute(node, 'medium')?.toLowerCase() ?? null;
  if (medium !== null) return medium === 'image';
  const type = attribute(node, 'type');
  const [said] = /^(?:image|audio|video)\b/i.exec(type ?? '') ?? [];
  if (said !== undefined) return said.toLowerCase() === 'image';
  const url = attribute(node, 'url') ?? '';
  const isStill = attribute(node, 'width') !== null && attribute(node, 'duration') === null && !MOVING.test(url);
  return PICTURE.test(url) || (type === null && isStill);
}

/** Images by precedence: media:content, thumbnails, itunes:image, RSS `image`. */
export function itemImages(item: XmlNode, parents: readonly XmlNode[], context: MappingContext): ItemImage[] {
  const found = new Map<string, ItemImage>();
  const add = (image: ItemImage | null): void => {
    if (image && found.size < PARSE_LIMITS.list && !found.has(image.url)) found.set(image.url, image);
  };
  for (const parent of parents) {
    for (const node of children(parent, 'media:content')) if (isPicture(node)) add(mediaImage(node, parent, context));
  }
  for (const parent of parents) {
    for (const node of children(parent, 'media:thumbnail')) add(mediaImage(node, parent, context));
  }
  for (const node of children(item, 'itunes:image')) add(imageAt(node, attribute(node, 'href'), null, context));
  for (const node of children(item, 'image')) {
    const url =
      childText(node, 'url') ??
      attribute(node, 'href') ??
      attribute(node, 'url') ??
      (elementText(node) || pictureLink(node));
    add(imageAt(node, url, childText(node, 'title'), context));
  }
  return [...found.values()];
}

/** The `link` in an `image` is the page that it leads to, except where it is the picture itself. */
function pictureLink(node: XmlNode): string | null {
  const link = childText(node, 'link');
  return link !== null && PICTURE.test(link) ? link : null;
}

function mediaImage(node: XmlNode, parent: XmlNode, context: MappingContext): ItemImage | null {
  const alt =
    childText(node, 'media:title') ?? childText(node, 'media:description') ?? childText(parent, 'media:title');
  return imageAt(node, attribute(node, 'url') ?? (elementText(node) || null), alt, context);
}

function imageAt(node: XmlNode, url: string | null, alt: string | null, context: MappingContext): ItemImage | null {
  if (url === null || url.length > PARSE_LIMITS.line) return null;
  return {
    url: resolveAt(url, node, context),
    width: sizeOf(node, 'width'),
    height: sizeOf(node, 'height'),
    alt: alt === null ? null : cutAt(alt, PARSE_LIMITS.line),
  };
}

function sizeOf(node: XmlNode, name: string): number | null {
  return wholeNumber(attribute(node, name)?.replace(/px$|\.0+$/i, '') ?? childText(node, name));
}

export function feedImage(channel: XmlNode, root: XmlNode, context: MappingContext): string | null {
  for (const node of [...children(channel, 'image'), ...children(root, 'image')]) {
    const url = childText(node, 'url') ?? attribute(node, 'href') ?? (elementText(node) || null);
    if (url !== null) return resolveAt(url, child(node, 'url') ?? node, context);
  }
  for (const [name, key] of FEED_IMAGES) {
    const node = child(channel, name);
    const url = key === null ? elementText(node) : (attribute(node, key) ?? attribute(node, 'url') ?? '');
    if (url !== '') return resolveAt(url, node, context);
  }
  const resource = attribute(child(channel, 'image'), 'rdf:resource');
  return resource === null ? null : resolveAt(resource, channel, context);
}

/** Element, and the attribute that contains the address (null: its text). */
const FEED_IMAGES: readonly (readonly [string, string | null])[] = [
  ['itunes:image', 'href'],
  ['logo', null],
  ['atom:logo', null],
  ['media:thumbnail', 'url'],
  ['icon', null],
  ['atom:icon', null],
];

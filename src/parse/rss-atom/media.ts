/** Reads the images, audio and video of an item in several vocabularies. */
import type { ItemEnclosure, ItemImage, Link } from '../../model/item.js';
import { PARSE_LIMITS, truncateText } from '../limits.js';
import { attribute, child, children, childText, elementText, type XmlNode } from '../xml/element.js';
import { parseSeconds } from './episode.js';
import { parseWholeNumber } from './links.js';
import { type MappingContext, resolveReference } from './mapping-context.js';

const PICTURE = /\.(?:avif|gif|jpe?g|png|svg|webp)(?:[?#]|$)/i;

/** Videos, which may also have a width. */
const MOVING =
  /\.(?:flv|m3u8|m4v|mkv|mov|mp4|mpe?g|ogv|swf|webm|wmv)(?:[?#]|$)|\/(?:embed|player|v|videos?|watch)(?:[/?]|$)/i;

/** `media:group` and `media:content` may contain elements of the item. Some feeds put them into a `link`. */
export function listMediaParents(item: XmlNode): readonly XmlNode[] {
  const outer = [item, ...children(item, 'link')].flatMap((parent) => [parent, ...children(parent, 'media:group')]);
  const contents = outer.flatMap((parent) => children(parent, 'media:content')).slice(0, PARSE_LIMITS.list);
  return [...outer, ...contents];
}

/** RSS enclosures, Atom's, then media:content except images, each once. itunes:duration applies to all. */
export function readEnclosures(
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
  const duration = parseSeconds(childText(item, 'itunes:duration'));
  const played = (enclosure: ItemEnclosure | null) => enclosure && { ...enclosure, duration };
  for (const node of children(item, 'enclosure')) add(played(readEnclosure(node, 'length', context)));
  for (const { rel, href: url, type, length } of links) if (rel === 'enclosure') add({ url, type, length, duration });
  for (const parent of parents) {
    for (const node of children(parent, 'media:content'))
      if (!isPicture(node)) add(readEnclosure(node, 'fileSize', context));
  }
  return [...found.values()];
}

function readEnclosure(node: XmlNode, lengthName: string, context: MappingContext): ItemEnclosure | null {
  const url = attribute(node, 'url') ?? attribute(node, 'href') ?? attribute(node, 'rdf:resource');
  if (url === null || url.length > PARSE_LIMITS.line) return null;
  return {
    url: resolveReference(url, node, context),
    type: attribute(node, 'type'),
    length: parseWholeNumber(attribute(node, lengthName) ?? attribute(node, 'length')),
    duration: parseSeconds(attribute(node, 'duration')),
  };
}

function isPicture(node: XmlNode): boolean {
  const medium = attribute(node, 'medium')?.toLowerCase() ?? null;
  if (medium !== null) return medium === 'image';
  const type = attribute(node, 'type');
  const [kind] = /^(?:image|audio|video)\b/i.exec(type ?? '') ?? [];
  if (kind !== undefined) return kind.toLowerCase() === 'image';
  const url = attribute(node, 'url') ?? '';
  const isStill = attribute(node, 'width') !== null && attribute(node, 'duration') === null && !MOVING.test(url);
  return PICTURE.test(url) || (type === null && isStill);
}

/** By precedence: media:content, thumbnails, itunes:image, RSS `image`. */
export function readImages(item: XmlNode, parents: readonly XmlNode[], context: MappingContext): ItemImage[] {
  const found = new Map<string, ItemImage>();
  const add = (image: ItemImage | null): void => {
    if (image && found.size < PARSE_LIMITS.list && !found.has(image.url)) found.set(image.url, image);
  };
  for (const parent of parents) {
    for (const node of children(parent, 'media:content'))
      if (isPicture(node)) add(readMediaImage(node, parent, context));
  }
  for (const parent of parents) {
    for (const node of children(parent, 'media:thumbnail')) add(readMediaImage(node, parent, context));
  }
  for (const node of children(item, 'itunes:image')) add(toImage(node, attribute(node, 'href'), null, context));
  for (const node of children(item, 'image')) {
    const url =
      childText(node, 'url') ??
      attribute(node, 'href') ??
      attribute(node, 'url') ??
      (elementText(node) || findPictureLink(node));
    add(toImage(node, url, childText(node, 'title'), context));
  }
  return [...found.values()];
}

/** The `link` in an `image` is a page, unless its address is a picture. */
function findPictureLink(node: XmlNode): string | null {
  const link = childText(node, 'link');
  return link !== null && PICTURE.test(link) ? link : null;
}

function readMediaImage(node: XmlNode, parent: XmlNode, context: MappingContext): ItemImage | null {
  const alt =
    childText(node, 'media:title') ?? childText(node, 'media:description') ?? childText(parent, 'media:title');
  return toImage(node, attribute(node, 'url') ?? (elementText(node) || null), alt, context);
}

function toImage(node: XmlNode, url: string | null, alt: string | null, context: MappingContext): ItemImage | null {
  if (url === null || url.length > PARSE_LIMITS.line) return null;
  return {
    url: resolveReference(url, node, context),
    width: readSize(node, 'width'),
    height: readSize(node, 'height'),
    alt: alt === null ? null : truncateText(alt, PARSE_LIMITS.line),
  };
}

function readSize(node: XmlNode, name: string): number | null {
  return parseWholeNumber(attribute(node, name)?.replace(/px$|\.0+$/i, '') ?? childText(node, name));
}

export function findFeedImage(channel: XmlNode, root: XmlNode, context: MappingContext): string | null {
  for (const node of [...children(channel, 'image'), ...children(root, 'image')]) {
    const url = childText(node, 'url') ?? attribute(node, 'href') ?? (elementText(node) || null);
    if (url !== null) return resolveReference(url, child(node, 'url') ?? node, context);
  }
  for (const [name, key] of FEED_IMAGES) {
    const node = child(channel, name);
    const url = key === null ? elementText(node) : (attribute(node, key) ?? attribute(node, 'url') ?? '');
    if (url !== '') return resolveReference(url, node, context);
  }
  const resource = attribute(child(channel, 'image'), 'rdf:resource');
  return resource === null ? null : resolveReference(resource, channel, context);
}

/** Element, and the attribute with the address (null: its text). */
const FEED_IMAGES: readonly (readonly [string, string | null])[] = [
  ['itunes:image', 'href'],
  ['logo', null],
  ['atom:logo', null],
  ['media:thumbnail', 'url'],
  ['icon', null],
  ['atom:icon', null],
];

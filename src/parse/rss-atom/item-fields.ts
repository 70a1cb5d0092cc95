/** Maps an RSS item or Atom entry to an Item. Each field has a list of element names, by precedence. */
import type { Item, ItemSource, Person } from '../../model/item.js';
import { parseDate } from '../dates/dates.js';
import { cutAt, PARSE_LIMITS } from '../limits.js';
import { isWebAddress } from '../urls.js';
import { attribute, child, children, childText, elementText, type XmlNode } from '../xml/element.js';
import { FEED_ELEMENTS } from '../xml/vocabulary.js';
import { categoriesOf } from './categories.js';
import { episodeOf } from './episode.js';
import { alternateUrl, linksOf, permalinkOf, urlWithRel } from './links.js';
import { type MappingContext, resolveAt } from './mapping-context.js';
import { itemEnclosures, itemImages, mediaParents } from './media.js';
import { firstPeople } from './people.js';
import { firstText } from './text-constructs.js';

/** @param feedAuthors authors of entries without their own (RFC 4287 4.2.1); RSS passes none. */
export function toItem(node: XmlNode, feedAuthors: readonly Person[], context: MappingContext): Item {
  const names = FEED_ELEMENTS[context.format === 'atom' ? 'atom' : 'rss'].item;
  const media = mediaParents(node);
  const links = linksOf(node, context);
  const guid = identifierOf(node, names);
  const isPermalink = permalinkFlag(node);
  const textOf = (list: readonly string[], length: 'line' | 'html') => firstText(node, list, length, context);
  return {
    guid,
    guidIsPermalink: isPermalink,
    url: itemUrl(node, links, permalinkOf(node, guid, isPermalink), context),
    commentsUrl: commentsOf(node, links, context),
    title: textOf(names.title, 'line') ?? mediaText(media, 'media:title', context),
    summary: textOf(names.summary, 'html') ?? mediaText(media, 'media:description', context),
    content: textOf(names.content, 'html'),
    authors: authorsOf(node, names, feedAuthors, context),
    contributors: firstPeople(node, names.contributors, context),
    categories: categoriesOf(media),
    links,
    enclosures: itemEnclosures(node, media, links, context),
    episode: episodeOf(node, context),
    images: itemImages(node, media, context),
    source: sourceOf(node, context),
    publisher: cutLine(childText(node, 'dc:publisher')),
    published: firstReadableDate(node, names.published, context),
    updated: firstReadableDate(node, names.updated, context),
    language: childText(node, 'dc:language') ?? attribute(node, 'xml:lang') ?? childText(node, 'language'),
    rights: firstText(node, names.rights, 'line', context)?.value ?? null,
  };
}

type ItemNames = (typeof FEED_ELEMENTS)['rss']['item'];

function cutLine(value: string | null): string | null {
  return value === null ? null : cutAt(value, PARSE_LIMITS.line);
}

/** Verbatim except for surrounding white space; RSS 1.0 uses the item's address. */
function identifierOf(node: XmlNode, names: ItemNames): string | null {
  for (const name of names.guid) {
    const value = childText(node, name);
    if (value !== null) return cutLine(value);
  }
  return cutLine(attribute(node, 'rdf:about'));
}

function permalinkFlag(node: XmlNode): boolean | null {
  const said = attribute(child(node, 'guid'), 'isPermaLink') ?? attribute(child(node, 'guid'), 'isPermalink');
  return said === null ? null : !/^(?:false|0|no)$/i.test(said);
}

/** feedburner:origLink is the publisher's address behind FeedBurner's redirect; a guid is used only where there is no link. */
function itemUrl(node: XmlNode, links: Item['links'], guid: string | null, context: MappingContext): string | null {
  const original = child(node, 'feedburner:origLink');
  if (elementText(original) !== '') return cutLine(resolveAt(elementText(original), original, context));
  const about = attribute(node, 'rdf:about');
  const found = alternateUrl(links) ?? guid ?? (about !== null && isWebAddress(about) ? about : null);
  return cutLine(found);
}

/** RSS `comments`, an Atom link to replies (RFC 4685) in HTML, or the post under which a podcast is discussed. */
function commentsOf(node: XmlNode, links: Item['links'], context: MappingContext): string | null {
  const comments = children(node, 'comments').find((one) => elementText(one) !== '');
  if (comments !== undefined) return cutLine(resolveAt(elementText(comments), comments, context));
  const replies = links.find(({ rel, type }) => rel === 'replies' && (type === null || /html/i.test(type)));
  if (replies !== undefined) return replies.href;
  const post = child(node, 'podcast:socialInteract');
  const uri = attribute(post, 'uri');
  return uri === null ? null : cutLine(resolveAt(uri, post, context));
}

function mediaText(parents: readonly XmlNode[], name: string, context: MappingContext): Item['title'] {
  for (const parent of parents.slice(1)) {
    const found = firstText(parent, [name], name === 'media:title' ? 'line' : 'html', context);
    if (found) return found;
  }
  return null;
}

function authorsOf(node: XmlNode, names: ItemNames, feedAuthors: readonly Person[], context: MappingContext): Person[] {
  const own = firstPeople(node, names.authors, context);
  if (own.length > 0) return own;
  const source = child(node, 'source');
  const ofSource = source === undefined ? [] : firstPeople(source, ['author'], context);
  return ofSource.length > 0 ? ofSource : [...feedAuthors];
}

/** RSS: a title and an address, by specification the feed's, in practice as often the home page. Atom: the elements of a feed. */
function sourceOf(node: XmlNode, context: MappingContext): ItemSource | null {
  const source = child(node, 'source') ?? child(node, 'atom:source');
  if (source === undefined) return null;
  const address = attribute(source, 'url');
  if (address !== null || elementText(source) !== '') return rssSource(source, address, context);
  const links = linksOf(source, context);
  const title = firstText(source, ['title', 'atom:title'], 'line', context)?.value ?? null;
  const url = alternateUrl(links);
  const feedUrl = urlWithRel(links, 'self');
  return title === null && url === null && feedUrl === null ? null : { title, url, feedUrl };
}

/** Whole words: sites are called BuzzFeed and Atomic too. */
const FEED_ADDRESS = /(?<![a-z])(?:news)?(?:rss|atom|rdf|feeds?)+(?:burner|proxy)?(?![a-z])|\.xml/i;

function rssSource(source: XmlNode, address: string | null, context: MappingContext): ItemSource {
  const resolved = address === null ? null : resolveAt(address, source, context);
  const isFeed = resolved !== null && FEED_ADDRESS.test(resolved);
  return {
    title: cutLine(elementText(source) || null),
    url: isFeed ? null : resolved,
    feedUrl: isFeed ? resolved : null,
  };
}

/** The first date that can be parsed; the others give warnings. */
export function firstReadableDate(node: XmlNode, names: readonly string[], context: MappingContext): string | null {
  for (const name of names) {
    for (const one of children(node, name)) {
      const written = writtenDate(one);
      const date = parseDate(written);
      if (date !== null) return date;
      if (written !== '') context.warnings.add(`not a date in <${name}>: ${cutAt(written, 60)}`);
    }
  }
  return null;
}

/** Drupal writes the HTML of a page there: `<time datetime="…">Fri, 05/03/2019 - 15:21</time>`, escaped or not. */
function writtenDate(node: XmlNode): string {
  const time = child(node, 'time');
  const text = elementText(time ?? node);
  return attribute(time, 'datetime') ?? /^<time\s[^<>]{0,200}\bdatetime="([^"]{1,60})"/.exec(text)?.[1] ?? text;
}

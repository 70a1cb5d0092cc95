/** Maps an RSS item or Atom entry to an Item. Each field has a list of element names, by precedence. */
import type { Item, ItemSource, Person } from '../../model/item.js';
import { parseDate } from '../dates/dates.js';
import { PARSE_LIMITS, truncateText } from '../limits.js';
import { isWebAddress } from '../urls.js';
import { attribute, child, children, childText, elementText, type XmlNode } from '../xml/element.js';
import { FEED_ELEMENTS } from '../xml/vocabulary.js';
import { readCategories } from './categories.js';
import { readEpisode } from './episode.js';
import { findLinkUrl, readLinks, selectAlternateUrl, toPermalink } from './links.js';
import { type MappingContext, resolveReference } from './mapping-context.js';
import { listMediaParents, readEnclosures, readImages } from './media.js';
import { readFirstPeople } from './people.js';
import { readFirstText } from './text-constructs.js';

/** @param feedAuthors authors of entries without their own (RFC 4287 4.2.1); empty for RSS. */
export function toItem(node: XmlNode, feedAuthors: readonly Person[], context: MappingContext): Item {
  const names = FEED_ELEMENTS[context.format === 'atom' ? 'atom' : 'rss'].item;
  const media = listMediaParents(node);
  const links = readLinks(node, context);
  const guid = findIdentifier(node, names);
  const isPermalink = readPermalinkFlag(node);
  const readField = (list: readonly string[], length: 'line' | 'html') => readFirstText(node, list, length, context);
  return {
    guid,
    guidIsPermalink: isPermalink,
    url: selectItemUrl(node, links, toPermalink(node, guid, isPermalink), context),
    commentsUrl: findCommentsUrl(node, links, context),
    title: readField(names.title, 'line') ?? findMediaText(media, 'media:title', context),
    summary: readField(names.summary, 'html') ?? findMediaText(media, 'media:description', context),
    content: readField(names.content, 'html'),
    authors: findAuthors(node, names, feedAuthors, context),
    contributors: readFirstPeople(node, names.contributors, context),
    categories: readCategories(media),
    links,
    enclosures: readEnclosures(node, media, links, context),
    episode: readEpisode(node, context),
    images: readImages(node, media, context),
    source: readSource(node, context),
    publisher: cutLine(childText(node, 'dc:publisher')),
    published: findReadableDate(node, names.published, context),
    updated: findReadableDate(node, names.updated, context),
    language: childText(node, 'dc:language') ?? attribute(node, 'xml:lang') ?? childText(node, 'language'),
    rights: readFirstText(node, names.rights, 'line', context)?.value ?? null,
  };
}

type ItemNames = (typeof FEED_ELEMENTS)['rss']['item'];

function cutLine(value: string | null): string | null {
  return value === null ? null : truncateText(value, PARSE_LIMITS.line);
}

/** Verbatim except for surrounding white space. RSS 1.0 uses the item's address. */
function findIdentifier(node: XmlNode, names: ItemNames): string | null {
  for (const name of names.guid) {
    const value = childText(node, name);
    if (value !== null) return cutLine(value);
  }
  return cutLine(attribute(node, 'rdf:about'));
}

function readPermalinkFlag(node: XmlNode): boolean | null {
  const flag = attribute(child(node, 'guid'), 'isPermaLink') ?? attribute(child(node, 'guid'), 'isPermalink');
  return flag === null ? null : !/^(?:false|0|no)$/i.test(flag);
}

/** feedburner:origLink is the publisher's address, which FeedBurner replaces. A guid is used only without a link. */
function selectItemUrl(
  node: XmlNode,
  links: Item['links'],
  guid: string | null,
  context: MappingContext,
): string | null {
  const original = child(node, 'feedburner:origLink');
  if (elementText(original) !== '') return cutLine(resolveReference(elementText(original), original, context));
  const about = attribute(node, 'rdf:about');
  const found = selectAlternateUrl(links) ?? guid ?? (about !== null && isWebAddress(about) ? about : null);
  return cutLine(found);
}

/** RSS `comments`, an Atom link to HTML replies (RFC 4685), or the discussion post of a podcast. */
function findCommentsUrl(node: XmlNode, links: Item['links'], context: MappingContext): string | null {
  const comments = children(node, 'comments').find((one) => elementText(one) !== '');
  if (comments !== undefined) return cutLine(resolveReference(elementText(comments), comments, context));
  const replies = links.find(({ rel, type }) => rel === 'replies' && (type === null || /html/i.test(type)));
  if (replies !== undefined) return replies.href;
  const post = child(node, 'podcast:socialInteract');
  const uri = attribute(post, 'uri');
  return uri === null ? null : cutLine(resolveReference(uri, post, context));
}

function findMediaText(parents: readonly XmlNode[], name: string, context: MappingContext): Item['title'] {
  for (const parent of parents.slice(1)) {
    const found = readFirstText(parent, [name], name === 'media:title' ? 'line' : 'html', context);
    if (found) return found;
  }
  return null;
}

function findAuthors(
  node: XmlNode,
  names: ItemNames,
  feedAuthors: readonly Person[],
  context: MappingContext,
): Person[] {
  const own = readFirstPeople(node, names.authors, context);
  if (own.length > 0) return own;
  const source = child(node, 'source');
  const ofSource = source === undefined ? [] : readFirstPeople(source, ['author'], context);
  return ofSource.length > 0 ? ofSource : [...feedAuthors];
}

/** RSS: a title and the feed's address, which is often the home page instead. Atom: the elements of a feed. */
function readSource(node: XmlNode, context: MappingContext): ItemSource | null {
  const source = child(node, 'source') ?? child(node, 'atom:source');
  if (source === undefined) return null;
  const address = attribute(source, 'url');
  if (address !== null || elementText(source) !== '') return toRssSource(source, address, context);
  const links = readLinks(source, context);
  const title = readFirstText(source, ['title', 'atom:title'], 'line', context)?.value ?? null;
  const url = selectAlternateUrl(links);
  const feedUrl = findLinkUrl(links, 'self');
  return title === null && url === null && feedUrl === null ? null : { title, url, feedUrl };
}

/** Whole words only, because sites have names such as BuzzFeed and Atomic. */
const FEED_ADDRESS = /(?<![a-z])(?:news)?(?:rss|atom|rdf|feeds?)+(?:burner|proxy)?(?![a-z])|\.xml/i;

function toRssSource(source: XmlNode, address: string | null, context: MappingContext): ItemSource {
  const resolved = address === null ? null : resolveReference(address, source, context);
  const isFeed = resolved !== null && FEED_ADDRESS.test(resolved);
  return {
    title: cutLine(elementText(source) || null),
    url: isFeed ? null : resolved,
    feedUrl: isFeed ? resolved : null,
  };
}

/** An unreadable date gives a warning. */
export function findReadableDate(node: XmlNode, names: readonly string[], context: MappingContext): string | null {
  for (const name of names) {
    for (const one of children(node, name)) {
      const written = readDateText(one);
      const date = parseDate(written);
      if (date !== null) return date;
      if (written !== '') context.warnings.add(`not a date in <${name}>: ${truncateText(written, 60)}`);
    }
  }
  return null;
}

/** Drupal writes HTML into dates: `<time datetime="…">Fri, 05/03/2019 - 15:21</time>`, escaped or not. */
function readDateText(node: XmlNode): string {
  const time = child(node, 'time');
  const text = elementText(time ?? node);
  return attribute(time, 'datetime') ?? /^<time\s[^<>]{0,200}\bdatetime="([^"]{1,60})"/.exec(text)?.[1] ?? text;
}

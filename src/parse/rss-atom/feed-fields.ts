/** Maps an RSS, RDF or Atom document to a ParsedFeed. */
import type { Item, ParsedFeed, Tombstone } from '../../model/item.js';
import { parseReservation } from '../../model/reservation.js';
import { parseDate } from '../dates/dates.js';
import { PARSE_LIMITS, truncateText } from '../limits.js';
import { isWebAddress } from '../urls.js';
import type { Warnings } from '../warnings.js';
import {
  attribute,
  child,
  children,
  childText,
  findXmlBase,
  hasChildren,
  type XmlDocument,
  type XmlNode,
} from '../xml/element.js';
import { FEED_ELEMENTS } from '../xml/vocabulary.js';
import { readCategories } from './categories.js';
import { findReadableDate, toItem } from './item-fields.js';
import { findLinkUrl, readLinks, selectAlternateUrl } from './links.js';
import type { MappingContext } from './mapping-context.js';
import { findFeedImage } from './media.js';
import { selectNewestItems } from './newest.js';
import { readFirstPeople } from './people.js';
import { readFirstText } from './text-constructs.js';
import { readTiming } from './timing.js';

/** @param url the document's address. */
export function toParsedFeed(document: XmlDocument, url: string | null, warnings: Warnings): ParsedFeed {
  const { root } = document;
  const format = detectFormat(document.rootName);
  const channel = findChannel(document);
  const base = url ?? findSiteUrl(channel);
  const context: MappingContext = { format, base, warnings };
  const names = FEED_ELEMENTS[format === 'atom' ? 'atom' : 'rss'].feed;
  const links = readLinks(channel, context);
  const authors = readFirstPeople(channel, names.authors, context);
  const written = listItemsWithContent(document);
  const kept = selectNewestItems(written, context);
  const items: Item[] = [];
  for (const node of kept) items.push(toItem(node, format === 'atom' ? authors : [], context));
  return {
    format,
    version: detectVersion(document),
    title: readFirstText(channel, names.title, 'line', context),
    description: readFirstText(channel, names.description, 'html', context),
    url: selectAlternateUrl(links),
    feedUrl: findLinkUrl(links, 'self'),
    id: childText(channel, format === 'atom' ? 'id' : 'atom:id') ?? attribute(channel, 'rdf:about'),
    language: findLanguage(channel, root),
    updated: findReadableDate(channel, names.updated, context),
    imageUrl: findFeedImage(channel, root, context),
    rights: readFirstText(channel, names.rights, 'html', context)?.value ?? null,
    ...readReservation(channel),
    authors,
    categories: readCategories([channel]),
    links,
    hubs: links.filter((link) => link.rel === 'hub').map((link) => link.href),
    ...readTiming(channel),
    items,
    tombstones: readTombstones(channel),
    complete: document.complete && kept.length === written.length,
    warnings: warnings.list(),
  };
}

function readReservation(channel: XmlNode): Pick<ParsedFeed, 'reservation'> {
  const declared = childText(channel, 'tdm:reservation');
  const reservation = parseReservation(declared, childText(channel, 'tdm:policy'), 'tdm:reservation in its feed');
  return reservation === null ? {} : { reservation };
}

function detectFormat(rootName: string): 'rss' | 'rdf' | 'atom' {
  if (rootName === 'rdf:RDF') return 'rdf';
  return rootName === 'feed' || rootName === 'entry' ? 'atom' : 'rss';
}

/** Handles RSS without a channel, and an entry without a feed. */
function findChannel({ root, rootName }: XmlDocument): XmlNode {
  if (rootName === 'entry') return child(root, 'source') ?? NO_ELEMENT;
  return child(root, 'channel') ?? child(root, 'atom:feed') ?? root;
}

const NO_ELEMENT: XmlNode = Object.create(null);

/** Skips empty elements. */
function listItemsWithContent(document: XmlDocument): readonly XmlNode[] {
  return listItemElements(document).filter(
    (item) => typeof item === 'object' && (hasChildren(item) || attribute(item, 'rdf:about') !== null),
  );
}

/** Items may be inside the channel, next to it, or the root itself. */
function listItemElements({ root, rootName }: XmlDocument): readonly XmlNode[] {
  if (rootName === 'entry' || rootName === 'item') return [root, ...children(root, rootName)];
  const parents = [...children(root, 'channel'), ...children(root, 'items'), root];
  return parents.flatMap((parent) => [...children(parent, 'item'), ...children(parent, 'entry')]);
}

function findSiteUrl(channel: XmlNode): string | null {
  const link = childText(channel, 'link') ?? attribute(child(channel, 'link'), 'href') ?? findXmlBase(channel);
  return link !== null && isWebAddress(link) ? link : null;
}

function detectVersion({ root, rootName }: XmlDocument): string | null {
  const declared = attribute(root, 'version');
  const spaces = Object.entries(root.$ ?? {}).filter(([name]) => name.startsWith('xmlns'));
  const uses = (address: string): boolean => spaces.some(([, value]) => String(value).includes(address));
  if (rootName === 'rdf:RDF') return uses('simple/0.9') ? '0.90' : uses('rss1.1') ? '1.1' : '1.0';
  if (rootName === 'feed' || rootName === 'entry') return declared ?? (uses('purl.org/atom/ns') ? '0.3' : '1.0');
  return declared;
}

function findLanguage(channel: XmlNode, root: XmlNode): string | null {
  return (
    childText(channel, 'language') ??
    childText(channel, 'dc:language') ??
    attribute(channel, 'xml:lang') ??
    attribute(root, 'xml:lang')
  );
}

/** `at:deleted-entry` (RFC 6721 3). */
function readTombstones(feed: XmlNode): Tombstone[] {
  const found: Tombstone[] = [];
  for (const node of children(feed, 'at:deleted-entry')) {
    const ref = attribute(node, 'ref');
    if (ref !== null && found.length < PARSE_LIMITS.items) {
      found.push({ ref: truncateText(ref, PARSE_LIMITS.line), when: parseDate(attribute(node, 'when') ?? '') });
    }
  }
  return found;
}

export function hasContent(feed: ParsedFeed): boolean {
  const values = [feed.title, feed.url, feed.description, feed.id];
  return values.some((value) => value !== null) || feed.items.length > 0 || feed.links.length > 0;
}

/** Maps an RSS, RDF or Atom document to a ParsedFeed, whichever parser read it. */
import type { Item, ParsedFeed, Tombstone } from '../../model/item.js';
import { reservationOf } from '../../model/reservation.js';
import { parseDate } from '../dates/dates.js';
import { cutAt, PARSE_LIMITS } from '../limits.js';
import { isWebAddress } from '../urls.js';
import type { Warnings } from '../warnings.js';
import {
  attribute,
  baseOf,
  child,
  children,
  childText,
  hasChildren,
  type XmlDocument,
  type XmlNode,
} from '../xml/element.js';
import { FEED_ELEMENTS } from '../xml/vocabulary.js';
import { categoriesOf } from './categories.js';
import { firstReadableDate, toItem } from './item-fields.js';
import { alternateUrl, linksOf, urlWithRel } from './links.js';
import type { MappingContext } from './mapping-context.js';
import { feedImage } from './media.js';
import { newestItems } from './newest.js';
import { firstPeople } from './people.js';
import { firstText } from './text-constructs.js';
import { timingOf } from './timing.js';

/** @param url the document's address. */
export function toParsedFeed(document: XmlDocument, url: string | null, warnings: Warnings): ParsedFeed {
  const { root } = document;
  const format = formatOf(document.rootName);
  const channel = channelOf(document);
  const base = url ?? siteOf(channel);
  const context: MappingContext = { format, base, warnings };
  const names = FEED_ELEMENTS[format === 'atom' ? 'atom' : 'rss'].feed;
  const links = linksOf(channel, context);
  const authors = firstPeople(channel, names.authors, context);
  const written = itemsWithContent(document);
  const kept = newestItems(written, context);
  const items: Item[] = [];
  for (const node of kept) items.push(toItem(node, format === 'atom' ? authors : [], context));
  return {
    format,
    version: versionOf(document),
    title: firstText(channel, names.title, 'line', context),
    description: firstText(channel, names.description, 'html', context),
    url: alternateUrl(links),
    feedUrl: urlWithRel(links, 'self'),
    id: childText(channel, format === 'atom' ? 'id' : 'atom:id') ?? attribute(channel, 'rdf:about'),
    language: languageOf(channel, root),
    updated: firstReadableDate(channel, names.updated, context),
    imageUrl: feedImage(channel, root, context),
    rights: firstText(channel, names.rights, 'html', context)?.value ?? null,
    ...reservationIn(channel),
    authors,
    categories: categoriesOf([channel]),
    links,
    hubs: links.filter((link) => link.rel === 'hub').map((link) => link.href),
    ...timingOf(channel),
    items,
    tombstones: tombstonesOf(channel),
    complete: document.complete && kept.length === written.length,
    warnings: warnings.list(),
  };
}

function reservationIn(channel: XmlNode): Pick<ParsedFeed, 'reservation'> {
  const said = childText(channel, 'tdm:reservation');
  const reservation = reservationOf(said, childText(channel, 'tdm:policy'), 'tdm:reservation in its feed');
  return reservation === null ? {} : { reservation };
}

function formatOf(rootName: string): 'rss' | 'rdf' | 'atom' {
  if (rootName === 'rdf:RDF') return 'rdf';
  return rootName === 'feed' || rootName === 'entry' ? 'atom' : 'rss';
}

/** Handles RSS without a channel, and an entry without a feed. */
function channelOf({ root, rootName }: XmlDocument): XmlNode {
  if (rootName === 'entry') return child(root, 'source') ?? NO_ELEMENT;
  return child(root, 'channel') ?? child(root, 'atom:feed') ?? root;
}

const NO_ELEMENT: XmlNode = Object.create(null);

/** Elements without any content are no items. */
function itemsWithContent(document: XmlDocument): readonly XmlNode[] {
  return itemElements(document).filter(
    (item) => typeof item === 'object' && (hasChildren(item) || attribute(item, 'rdf:about') !== null),
  );
}

/** Items may be inside the channel, next to it, or the root itself. */
function itemElements({ root, rootName }: XmlDocument): readonly XmlNode[] {
  if (rootName === 'entry' || rootName === 'item') return [root, ...children(root, rootName)];
  const parents = [...children(root, 'channel'), ...children(root, 'items'), root];
  return parents.flatMap((parent) => [...children(parent, 'item'), ...children(parent, 'entry')]);
}

function siteOf(channel: XmlNode): string | null {
  const link = childText(channel, 'link') ?? attribute(child(channel, 'link'), 'href') ?? baseOf(channel);
  return link !== null && isWebAddress(link) ? link : null;
}

function versionOf({ root, rootName }: XmlDocument): string | null {
  const said = attribute(root, 'version');
  const spaces = Object.entries(root.$ ?? {}).filter(([name]) => name.startsWith('xmlns'));
  const uses = (address: string): boolean => spaces.some(([, value]) => String(value).includes(address));
  if (rootName === 'rdf:RDF') return uses('simple/0.9') ? '0.90' : uses('rss1.1') ? '1.1' : '1.0';
  if (rootName === 'feed' || rootName === 'entry') return said ?? (uses('purl.org/atom/ns') ? '0.3' : '1.0');
  return said;
}

function languageOf(channel: XmlNode, root: XmlNode): string | null {
  return (
    childText(channel, 'language') ??
    childText(channel, 'dc:language') ??
    attribute(channel, 'xml:lang') ??
    attribute(root, 'xml:lang')
  );
}

/** `at:deleted-entry` (RFC 6721 3). */
function tombstonesOf(feed: XmlNode): Tombstone[] {
  const found: Tombstone[] = [];
  for (const node of children(feed, 'at:deleted-entry')) {
    const ref = attribute(node, 'ref');
    if (ref !== null && found.length < PARSE_LIMITS.items) {
      found.push({ ref: cutAt(ref, PARSE_LIMITS.line), when: parseDate(attribute(node, 'when') ?? '') });
    }
  }
  return found;
}

export function hasContent(feed: ParsedFeed): boolean {
  const said = [feed.title, feed.url, feed.description, feed.id];
  return said.some((value) => value !== null) || feed.items.length > 0 || feed.links.length > 0;
}

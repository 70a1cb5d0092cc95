/** Microsoft's Channel Definition Format of 1997 (W3C NOTE-CDFsubmit), still met in old archives. Its schedule is not followed. */
import { ParseError } from '../model/errors.js';
import type { Item, ParsedFeed, Text } from '../model/item.js';
import { parseDate } from './dates.js';
import { attribute, baseOf, child, children, type RepairedElement, text, type XmlNode } from './element.js';
import { cut, LIMITS } from './limits.js';
import type { Parser } from './parser.js';
import { cleanText } from './repair/clean-text.js';
import { readTree } from './repair/read-tree.js';
import { findRoot } from './root.js';
import { resolveUrl } from './urls.js';
import { collectWarnings } from './warnings.js';

export const cdf: Parser = {
  kind: 'cdf',
  accepts: isCdf,
  parse: async (source, about) => parse(source, about.url),
};

/** A channel as the root, with an address as an attribute: RSS has it as an element. */
function isCdf(source: string): boolean {
  const root = findRoot(source);
  if (!root || !/^channel$/i.test(root.name)) return false;
  return (
    /\s(?:href|base|self|lastmod|precache|level)\s*=/i.test(root.tag) ||
    /<(?:item\s[^<>]{0,500}(?:href|lastmod)|abstract)\b/i.test(source)
  );
}

function parse(source: string, documentUrl: string | null): ParsedFeed {
  const warnings = collectWarnings();
  const root = findRoot(source)!;
  const document = readTree(cleanText(source, root.start, warnings), documentUrl, warnings);
  if (!document) throw new ParseError('PARSE_MALFORMED', 'no element in this document could be read');
  const channel = document.root;
  const written = attribute(channel, 'base');
  const base = written === null ? documentUrl : resolveUrl(written, baseOf(channel) ?? documentUrl);
  const url = addressOf(channel, base);
  const items = itemsIn(channel);
  return {
    format: 'cdf',
    version: null,
    title: textOf(channel, 'title', LIMITS.line),
    description: textOf(channel, 'abstract', LIMITS.html),
    url,
    feedUrl: attribute(channel, 'self') === null ? null : resolveUrl(attribute(channel, 'self')!, base),
    id: null,
    language: null,
    updated: parseDate(attribute(channel, 'lastmod') ?? ''),
    imageUrl: logoOf(channel, base),
    rights: null,
    authors: [],
    categories: [],
    links: url === null ? [] : [{ href: url, rel: 'alternate', type: null, title: null, length: null }],
    hubs: [],
    ttlMinutes: null,
    skipHours: [],
    skipDays: [],
    updateEveryMinutes: null,
    items: items.slice(0, LIMITS.items).map((node) => itemOf(node, base)),
    tombstones: [],
    complete: document.complete && items.length <= LIMITS.items,
    warnings: warnings.list(),
  };
}

/** Channels may hold channels; the items of all are one list. */
function itemsIn(channel: XmlNode): readonly XmlNode[] {
  const inner = children(channel, 'channel').flatMap((one) => children(one, 'item'));
  return [...children(channel, 'item'), ...inner];
}

function itemOf(node: XmlNode, base: string | null): Item {
  const url = addressOf(node, base);
  const image = logoOf(node, base);
  const date = parseDate(attribute(node, 'lastmod') ?? '');
  return {
    guid: null,
    guidIsPermalink: null,
    url,
    commentsUrl: null,
    title: textOf(node, 'title', LIMITS.line),
    summary: textOf(node, 'abstract', LIMITS.html),
    content: null,
    authors: [],
    contributors: [],
    categories: [],
    links: url === null ? [] : [{ href: url, rel: 'alternate', type: null, title: null, length: null }],
    enclosures: [],
    images: image === null ? [] : [{ url: image, width: null, height: null, alt: null }],
    source: null,
    publisher: null,
    published: date,
    updated: date,
    language: null,
    rights: null,
  };
}

/** An attribute, or an `A` element in it. */
function addressOf(node: XmlNode, base: string | null): string | null {
  const href = attribute(node, 'href') ?? attribute(child(node, 'a'), 'href');
  return href === null ? null : cut(resolveUrl(href, base), LIMITS.line);
}

function logoOf(node: XmlNode, base: string | null): string | null {
  const href = attribute(child(node, 'logo'), 'href');
  return href === null ? null : resolveUrl(href, base);
}

function textOf(parent: XmlNode, name: string, most: number): Text | null {
  const node = child(parent, name);
  const markup = typeof node === 'object' ? (node as RepairedElement).$html : undefined;
  const value = cut(markup ?? text(node), most);
  return value === '' ? null : { type: 'html', value, base: baseOf(node) };
}

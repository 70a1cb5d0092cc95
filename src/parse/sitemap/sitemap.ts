/** Reads sitemaps (sitemaps.org 0.9) with the news and image extensions, and their indexes. */

import { ParseError } from '../../model/errors.js';
import type { Item, ItemPart, ParsedFeed } from '../../model/item.js';
import { compareText } from '../../text/compare.js';
import { BLANK_FEED, BLANK_ITEM } from '../blank-feed.js';
import { parseDate } from '../dates/dates.js';
import { PARSE_LIMITS, truncateText } from '../limits.js';
import { newCategory } from '../rss-atom/categories.js';
import { createUnrecognizedError } from '../unrecognized.js';
import { isWebAddress, resolveUrl } from '../urls.js';
import { collectWarnings } from '../warnings.js';
import { deriveHeadline } from './headline-in-address.js';
import { readSitemapRecords, type SitemapRecord } from './records.js';

/** Newest first. */
const MAX_PARTS = 5;

export interface SitemapOptions {
  /** `address`: derive a missing headline from the address. `news`: drop the entry. */
  readonly titles: 'news' | 'address';
}

/** The newest entries, or `parts` of an index. @throws {ParseError} PARSE_UNRECOGNIZED, PARSE_NO_ITEMS */
export function parseSitemap(text: string, base: string | null, { titles }: SitemapOptions): ParsedFeed {
  const { root, records } = readSitemapRecords(text);
  if (root === null) throw createUnrecognizedError(text);
  if (root === 'sitemapindex') return { ...BLANK_FEED, format: 'sitemap', parts: selectParts(records, base) };
  const warnings = collectWarnings();
  const others = titles === 'address' ? findOtherPages(records.flatMap(({ loc }) => toAddress(loc, base) ?? [])) : null;
  const derive = (url: string) => (others === null || others.has(url) ? null : deriveHeadline(url));
  const items = records.flatMap((record) => toSitemapItem(record, base, derive, warnings.add) ?? []);
  if (items.length === 0 && records.length > 0) throw new ParseError('PARSE_NO_ITEMS', NO_HEADLINES);
  const newest = items.sort((a, b) => compareText(selectDate(b), selectDate(a))).slice(0, PARSE_LIMITS.items);
  if (newest.length < items.length) warnings.add(`kept the newest ${newest.length} of ${items.length} entries`);
  return {
    ...BLANK_FEED,
    format: 'sitemap',
    title: findPublication(records),
    items: newest,
    warnings: warnings.list(),
  };
}

const NO_HEADLINES =
  'no entry of the sitemap has a headline (news:title): use its news sitemap, or set "sitemap: { titles: address }" to derive headlines from addresses';

/** From this number of entries below it, an entry is a section. Fewer are the attachments of an article. */
const SECTION = 5;

/** Sections and attachments, by their places in the sitemap. */
function findOtherPages(urls: readonly string[]): ReadonlySet<string> {
  const pages = new Map(urls.map((url) => [url.replace(/\/$/, ''), url]));
  const below = new Map<string, string[]>();
  for (const [page, url] of pages) {
    const above = page.replace(/\/[^/]*$/, '');
    if (pages.has(above)) below.set(above, [...(below.get(above) ?? []), url]);
  }
  return new Set(
    [...below].flatMap(([above, urls]) =>
      urls.length >= SECTION ? [pages.get(above)!] : deriveHeadline(above) === null ? [] : urls,
    ),
  );
}

/** Names of parts that list no articles. */
const OTHER_PART =
  /(?:^|[-_.])(?:categor(?:y|ies)|tags?|taxonom(?:y|ies)|authors?|users?|attachments?|pages?)(?:[-_.]|$)/i;

/** Newest first, undated ones last. Parts of articles, if their names tell. */
function selectParts(records: readonly SitemapRecord[], base: string | null): ItemPart[] {
  const parts = records.flatMap(({ loc, lastmod }): ItemPart[] => {
    const url = toAddress(loc, base);
    return url === null ? [] : [{ url, changedAt: toDate(lastmod) }];
  });
  const articles = parts.filter(({ url }) => !OTHER_PART.test(new URL(url).pathname.replace(/^.*\//, '')));
  return [...new Map((articles.length > 0 ? articles : parts).map((part) => [part.url, part])).values()]
    .sort((a, b) => compareText(b.changedAt ?? '', a.changedAt ?? ''))
    .slice(0, MAX_PARTS);
}

function toSitemapItem(
  record: SitemapRecord,
  base: string | null,
  derive: (url: string) => string | null,
  warn: (message: string) => void,
): Item | null {
  const url = toAddress(record.loc, base);
  const headline = record.newsTitle || (url === null ? null : derive(url));
  if (url === null || !headline) {
    warn(url === null ? 'skipped an entry without an address' : 'skipped an entry without a headline');
    return null;
  }
  return {
    ...BLANK_ITEM,
    url,
    title: { type: 'text', value: truncateText(headline, PARSE_LIMITS.line), base: null },
    categories: toCategories(record),
    images: record.images.flatMap((image) => {
      const address = toAddress(image, base);
      return address === null ? [] : [{ url: address, width: null, height: null, alt: null }];
    }),
    published: toDate(record.newsDate),
    updated: toDate(record.lastmod),
    language: record.language?.trim() || null,
  };
}

function toCategories({ keywords }: SitemapRecord): Item['categories'] {
  const words = (keywords ?? '').split(/[,，、;]/).filter((word) => word.trim() !== '');
  return words.slice(0, PARSE_LIMITS.list).map((word) => newCategory(word, null, null));
}

/** The publication's name, if all entries agree. */
function findPublication(records: readonly SitemapRecord[]): ParsedFeed['title'] {
  const [name, ...others] = new Set(records.flatMap(({ publication }) => publication?.trim() || []));
  return name === undefined || others.length > 0
    ? null
    : { type: 'text', value: truncateText(name, PARSE_LIMITS.line), base: null };
}

function toAddress(loc: string | undefined, base: string | null): string | null {
  const url = resolveUrl(truncateText(loc ?? '', PARSE_LIMITS.line), base);
  return isWebAddress(url) ? url : null;
}

function toDate(text: string | undefined): string | null {
  return text === undefined ? null : parseDate(text);
}

function selectDate({ published, updated }: Item): string {
  return published ?? updated ?? '';
}

/** Reads JSON Feed 1.0 and 1.1. A field of the wrong type is converted or dropped. */

import { ParseError } from '../../model/errors.js';
import type {
  Category,
  Item,
  ItemEnclosure,
  ItemEpisode,
  ItemImage,
  ItemSource,
  Link,
  ParsedFeed,
  Person,
  Text,
} from '../../model/item.js';
import { parseReservation } from '../../model/reservation.js';
import { isRecord } from '../../text/record.js';
import { BLANK_FEED, BLANK_ITEM } from '../blank-feed.js';
import { parseDate } from '../dates/dates.js';
import { PARSE_LIMITS, truncateText } from '../limits.js';
import { newCategory } from '../rss-atom/categories.js';
import { parseOrdinal, parseSeconds } from '../rss-atom/episode.js';
import { selectNewest } from '../rss-atom/newest.js';
import { resolveUrl } from '../urls.js';
import { collectWarnings, type Warnings } from '../warnings.js';
import { readJson } from './lenient-json.js';

type Fields = Readonly<Record<string, unknown>>;

/** null: not JSON. @throws {ParseError} */
export function parseJsonFeed(text: string, base: string | null): ParsedFeed | null {
  if (!/^[\s\ufeff]*\{/.test(text.slice(0, 1000))) return null;
  const warnings = collectWarnings();
  const json = readJson(text);
  if (json.repaired) warnings.add(json.repaired);
  const feed = toFields(json.value);
  if (!feed) throw new ParseError('PARSE_MALFORMED', json.repaired ?? 'the JSON is not an object');
  const list = findItemList(feed);
  if (!list) throw new ParseError('PARSE_UNRECOGNIZED', 'JSON, but not a JSON Feed', { details: { is: 'json' } });
  const items = selectNewest(list, findItemDate, warnings).map((item) => toJsonItem(item, base, warnings));
  const links = toFeedLinks(feed, base);
  return {
    ...BLANK_FEED,
    format: 'json',
    version: /(\d+(?:\.\d+)?)\/?$/.exec(typeof feed.version === 'string' ? feed.version : '')?.[1] ?? null,
    title: toText(feed.title),
    description: toText(feed.description),
    url: toAddress(feed.home_page_url, base),
    feedUrl: toAddress(feed.feed_url, base),
    language: toLine(feed.language),
    imageUrl: toAddress(feed.icon, base) ?? toAddress(feed.favicon, base),
    ...readReservation(feed),
    authors: toPeople(feed, base),
    links,
    hubs: toObjects(feed.hubs).flatMap((hub) => toAddress(hub.url, base) ?? []),
    items: items.filter((item) => item !== null),
    complete: json.complete && list.length <= PARSE_LIMITS.items,
    warnings: warnings.list(),
  };
}

function toFields(value: unknown): Fields | null {
  return isRecord(value) ? value : null;
}

function readReservation(feed: Fields): Pick<ParsedFeed, 'reservation'> {
  const tdm = toFields(feed._tdm);
  const reservation = parseReservation(tdm?.reservation, tdm?.policy, '_tdm in its feed');
  return reservation === null ? {} : { reservation };
}

/** Requires the version of JSON Feed, or a list of objects with item fields. */
function findItemList(feed: Fields): readonly unknown[] | null {
  const isFeed = typeof feed.version === 'string' && /jsonfeed\.org/i.test(feed.version);
  if (!Array.isArray(feed.items)) return isFeed ? [] : null;
  const looksSo = toObjects(feed.items).some(
    (item) => 'url' in item || 'content_html' in item || 'content_text' in item,
  );
  return isFeed || looksSo ? feed.items : null;
}

function findItemDate(value: unknown): string {
  const item = toFields(value);
  return (
    parseDate(toNonEmptyString(item?.date_published) ?? '') ??
    parseDate(toNonEmptyString(item?.date_modified) ?? '') ??
    ''
  );
}

function toJsonItem(value: unknown, base: string | null, warnings: Warnings): Item | null {
  const item = toFields(value);
  if (!item) {
    warnings.add('skipped an item that is not an object');
    return null;
  }
  const url = toAddress(item.url, base);
  const external = toAddress(item.external_url, base);
  return {
    ...BLANK_ITEM,
    guid: toLine(item.id),
    url: url ?? external,
    commentsUrl: toAddress(toFields(item._source)?.comments_url, base),
    title: toText(item.title),
    summary: toText(item.summary, PARSE_LIMITS.html),
    content: toHtmlText(item.content_html) ?? toText(item.content_text, PARSE_LIMITS.html),
    authors: toPeople(item, base),
    categories: toCategories(item),
    links: toItemLinks(url, external),
    enclosures: toEnclosures(item, base),
    episode: toEpisode(toFields(item._episode), base),
    images: toImages(item, base),
    source: toItemSource(item, base),
    published: toDate(item.date_published, warnings),
    updated: toDate(item.date_modified, warnings),
    language: toLine(item.language),
  };
}

/** Accepts numbers too (ids in version 1.0). */
function toNonEmptyString(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.toWellFormed().trim() : null;
}

function toLine(value: unknown): string | null {
  const text = toNonEmptyString(value);
  return text === null ? null : truncateText(text, PARSE_LIMITS.line);
}

function toText(value: unknown, most: number = PARSE_LIMITS.line): Text | null {
  const text = toNonEmptyString(value);
  return text === null ? null : { type: 'text', value: truncateText(text, most), base: null };
}

function toHtmlText(value: unknown): Text | null {
  const text = toNonEmptyString(value);
  return text === null ? null : { type: 'html', value: truncateText(text, PARSE_LIMITS.html), base: null };
}

function toAddress(value: unknown, base: string | null): string | null {
  const text = typeof value === 'string' ? toLine(value) : null;
  return text === null ? null : resolveUrl(text, base);
}

function toDate(value: unknown, warnings: Warnings): string | null {
  const text = toNonEmptyString(value);
  if (text === null) return null;
  const read = parseDate(text);
  if (read === null) warnings.add(`not a date: ${truncateText(text, 60)}`);
  return read;
}

/** A single object counts as a list of one. */
function toObjects(value: unknown): readonly Fields[] {
  const list: readonly unknown[] = Array.isArray(value) ? value.slice(0, PARSE_LIMITS.items) : [value];
  return list.map(toFields).filter((one) => one !== null);
}

/** `authors` (1.1), else `author` (1.0); a string is a name. */
function toPeople(fields: Fields, base: string | null): Person[] {
  for (const value of [fields.authors, fields.author]) {
    const people = (Array.isArray(value) ? value.slice(0, PARSE_LIMITS.list) : [value]).flatMap(
      (one) => toPerson(one, base) ?? [],
    );
    if (people.length > 0) return people;
  }
  return [];
}

function toPerson(value: unknown, base: string | null): Person | null {
  const fields = toFields(value) ?? { name: value };
  const name = toLine(fields.name);
  const url = toAddress(fields.url, base);
  const email = url?.startsWith('mailto:') ? url.slice(7) : null;
  return name === null && url === null ? null : { name, email, url: email === null ? url : null };
}

function toCategories(item: Fields): Category[] {
  const list = Array.isArray(item.tags) ? item.tags.slice(0, PARSE_LIMITS.list) : [item.tags];
  return list.flatMap((tag) => (toNonEmptyString(tag) === null ? [] : newCategory(toNonEmptyString(tag)!, null, null)));
}

function toItemLinks(url: string | null, external: string | null): Link[] {
  const link = (href: string, rel: string): Link => ({ href, rel, type: null, title: null, length: null });
  return [
    ...(url ? [link(url, 'alternate')] : []),
    ...(external ? [link(external, url ? 'related' : 'alternate')] : []),
  ];
}

function toFeedLinks(feed: Fields, base: string | null): Link[] {
  const rows: readonly (readonly [unknown, string])[] = [
    [feed.home_page_url, 'alternate'],
    [feed.feed_url, 'self'],
    [feed.next_url, 'next'],
  ];
  return rows.flatMap(([value, rel]) => {
    const href = toAddress(value, base);
    return href === null ? [] : { href, rel, type: null, title: null, length: null };
  });
}

function toEnclosures(item: Fields, base: string | null): ItemEnclosure[] {
  return toObjects(item.attachments)
    .slice(0, PARSE_LIMITS.list)
    .flatMap((attachment) => {
      const url = toAddress(attachment.url, base);
      const size = Number(toNonEmptyString(attachment.size_in_bytes));
      const length = Number.isSafeInteger(size) && size > 0 ? size : null;
      const duration = parseSeconds(toNonEmptyString(attachment.duration_in_seconds));
      return url === null ? [] : { url, type: toLine(attachment.mime_type), length, duration };
    });
}

/** `_episode`: an extension for podcast episodes. */
function toEpisode(fields: Fields | null, base: string | null): ItemEpisode | null {
  if (fields === null) return null;
  const files = (list: unknown) =>
    toObjects(list)
      .slice(0, PARSE_LIMITS.list)
      .flatMap((file) => {
        const url = toAddress(file.url, base);
        return url === null ? [] : { url, type: toLine(file.mime_type), language: toLine(file.language) };
      });
  const [chapters = null] = files(fields.chapters);
  return {
    season: parseOrdinal(toNonEmptyString(fields.season)),
    number: parseOrdinal(toNonEmptyString(fields.number)),
    transcripts: files(fields.transcripts),
    chapters: chapters && { url: chapters.url, type: chapters.type },
    people: toObjects(fields.people)
      .slice(0, PARSE_LIMITS.list)
      .flatMap((person) => {
        const name = toLine(person.name);
        return name === null ? [] : { name, role: toLine(person.role), url: toAddress(person.url, base) };
      }),
  };
}

function toImages(item: Fields, base: string | null): ItemImage[] {
  const urls = new Set([toAddress(item.image, base), toAddress(item.banner_image, base)]);
  return [...urls].flatMap((url) => (url === null ? [] : { url, width: null, height: null, alt: null }));
}

/** `_source`: an extension in which aggregators name the origin of an item. */
function toItemSource(item: Fields, base: string | null): ItemSource | null {
  const source = toFields(item._source);
  if (!source) return null;
  const title = toLine(source.title) ?? toLine(source.name);
  const url = toAddress(source.url, base) ?? toAddress(source.home_page_url, base);
  const feedUrl = toAddress(source.feed_url, base);
  return title === null && url === null && feedUrl === null ? null : { title, url, feedUrl };
}

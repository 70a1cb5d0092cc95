/** Reads JSON Feed 1.0 and 1.1. Fields of the wrong type are converted or dropped, without affecting the rest of the feed. */

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
import { reservationOf } from '../../model/reservation.js';
import { isRecord } from '../../text/record.js';
import { BLANK_FEED, BLANK_ITEM } from '../blank-feed.js';
import { parseDate } from '../dates/dates.js';
import { cutAt, PARSE_LIMITS } from '../limits.js';
import { newCategory } from '../rss-atom/categories.js';
import { ordinalOf, secondsIn } from '../rss-atom/episode.js';
import { newestOf } from '../rss-atom/newest.js';
import { resolveUrl } from '../urls.js';
import { collectWarnings, type Warnings } from '../warnings.js';
import { readJson } from './lenient-json.js';

type Fields = Readonly<Record<string, unknown>>;

/** null: not JSON. @param base the document's address. @throws {ParseError} */
export function parseJsonFeed(text: string, base: string | null): ParsedFeed | null {
  if (!/^[\s\ufeff]*\{/.test(text.slice(0, 1000))) return null;
  const warnings = collectWarnings();
  const json = readJson(text);
  if (json.repaired) warnings.add(json.repaired);
  const feed = fieldsOf(json.value);
  if (!feed) throw new ParseError('PARSE_MALFORMED', json.repaired ?? 'the JSON is no object');
  const list = itemsOf(feed);
  if (!list) throw new ParseError('PARSE_UNRECOGNIZED', 'JSON, but no JSON Feed', { details: { is: 'json' } });
  const items = newestOf(list, dateOf, warnings).map((item) => itemOf(item, base, warnings));
  const links = feedLinks(feed, base);
  return {
    ...BLANK_FEED,
    format: 'json',
    version: versionOf(feed),
    title: plainTextFrom(feed.title),
    description: plainTextFrom(feed.description),
    url: addressFrom(feed.home_page_url, base),
    feedUrl: addressFrom(feed.feed_url, base),
    language: lineFrom(feed.language),
    imageUrl: addressFrom(feed.icon, base) ?? addressFrom(feed.favicon, base),
    ...reservationIn(feed),
    authors: peopleOf(feed, base),
    links,
    hubs: objectsIn(feed.hubs).flatMap((hub) => addressFrom(hub.url, base) ?? []),
    items: items.filter((item) => item !== null),
    complete: json.complete && list.length <= PARSE_LIMITS.items,
    warnings: warnings.list(),
  };
}

function fieldsOf(value: unknown): Fields | null {
  return isRecord(value) ? value : null;
}

function reservationIn(feed: Fields): Pick<ParsedFeed, 'reservation'> {
  const said = fieldsOf(feed._tdm);
  const reservation = reservationOf(said?.reservation, said?.policy, '_tdm in its feed');
  return reservation === null ? {} : { reservation };
}

/** Requires the version of JSON Feed, or a list of objects with fields of items. */
function itemsOf(feed: Fields): readonly unknown[] | null {
  const isFeed = typeof feed.version === 'string' && /jsonfeed\.org/i.test(feed.version);
  if (!Array.isArray(feed.items)) return isFeed ? [] : null;
  const looksSo = objectsIn(feed.items).some(
    (item) => 'url' in item || 'content_html' in item || 'content_text' in item,
  );
  return isFeed || looksSo ? feed.items : null;
}

function versionOf(feed: Fields): string | null {
  return /(\d+(?:\.\d+)?)\/?$/.exec(typeof feed.version === 'string' ? feed.version : '')?.[1] ?? null;
}

function dateOf(value: unknown): string {
  const item = fieldsOf(value);
  return parseDate(stringFrom(item?.date_published) ?? '') ?? parseDate(stringFrom(item?.date_modified) ?? '') ?? '';
}

function itemOf(value: unknown, base: string | null, warnings: Warnings): Item | null {
  const item = fieldsOf(value);
  if (!item) {
    warnings.add('an item that is no object was skipped');
    return null;
  }
  const url = addressFrom(item.url, base);
  const external = addressFrom(item.external_url, base);
  return {
    ...BLANK_ITEM,
    guid: lineFrom(item.id),
    url: url ?? external,
    commentsUrl: addressFrom(fieldsOf(item._source)?.comments_url, base),
    title: plainTextFrom(item.title),
    summary: plainTextFrom(item.summary, PARSE_LIMITS.html),
    content: htmlFrom(item.content_html) ?? plainTextFrom(item.content_text, PARSE_LIMITS.html),
    authors: peopleOf(item, base),
    categories: tagsOf(item),
    links: itemLinks(url, external),
    enclosures: attachmentsOf(item, base),
    episode: episodeFrom(fieldsOf(item._episode), base),
    images: imagesOf(item, base),
    source: sourceOf(item, base),
    published: dateFrom(item.date_published, warnings),
    updated: dateFrom(item.date_modified, warnings),
    language: lineFrom(item.language),
  };
}

/** A string, or a number where a string belongs (ids in version 1.0). */
function stringFrom(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.toWellFormed().trim() : null;
}

function lineFrom(value: unknown): string | null {
  const text = stringFrom(value);
  return text === null ? null : cutAt(text, PARSE_LIMITS.line);
}

function plainTextFrom(value: unknown, most: number = PARSE_LIMITS.line): Text | null {
  const text = stringFrom(value);
  return text === null ? null : { type: 'text', value: cutAt(text, most), base: null };
}

function htmlFrom(value: unknown): Text | null {
  const text = stringFrom(value);
  return text === null ? null : { type: 'html', value: cutAt(text, PARSE_LIMITS.html), base: null };
}

function addressFrom(value: unknown, base: string | null): string | null {
  const text = typeof value === 'string' ? lineFrom(value) : null;
  return text === null ? null : resolveUrl(text, base);
}

function dateFrom(value: unknown, warnings: Warnings): string | null {
  const text = stringFrom(value);
  if (text === null) return null;
  const read = parseDate(text);
  if (read === null) warnings.add(`not a date: ${cutAt(text, 60)}`);
  return read;
}

/** A single object in place of a list counts as a list of one. */
function objectsIn(value: unknown): readonly Fields[] {
  const list: readonly unknown[] = Array.isArray(value) ? value.slice(0, PARSE_LIMITS.items) : [value];
  return list.map(fieldsOf).filter((one) => one !== null);
}

/** `authors` (1.1), else `author` (1.0); a string is a name. */
function peopleOf(fields: Fields, base: string | null): Person[] {
  for (const value of [fields.authors, fields.author]) {
    const people = (Array.isArray(value) ? value.slice(0, PARSE_LIMITS.list) : [value]).flatMap(
      (one) => personOf(one, base) ?? [],
    );
    if (people.length > 0) return people;
  }
  return [];
}

function personOf(value: unknown, base: string | null): Person | null {
  const fields = fieldsOf(value) ?? { name: value };
  const name = lineFrom(fields.name);
  const url = addressFrom(fields.url, base);
  const email = url?.startsWith('mailto:') ? url.slice(7) : null;
  return name === null && url === null ? null : { name, email, url: email === null ? url : null };
}

function tagsOf(item: Fields): Category[] {
  const list = Array.isArray(item.tags) ? item.tags.slice(0, PARSE_LIMITS.list) : [item.tags];
  return list.flatMap((tag) => (stringFrom(tag) === null ? [] : newCategory(stringFrom(tag)!, null, null)));
}

function itemLinks(url: string | null, external: string | null): Link[] {
  const link = (href: string, rel: string): Link => ({ href, rel, type: null, title: null, length: null });
  return [
    ...(url ? [link(url, 'alternate')] : []),
    ...(external ? [link(external, url ? 'related' : 'alternate')] : []),
  ];
}

function feedLinks(feed: Fields, base: string | null): Link[] {
  const rows: readonly (readonly [unknown, string])[] = [
    [feed.home_page_url, 'alternate'],
    [feed.feed_url, 'self'],
    [feed.next_url, 'next'],
  ];
  return rows.flatMap(([value, rel]) => {
    const href = addressFrom(value, base);
    return href === null ? [] : { href, rel, type: null, title: null, length: null };
  });
}

function attachmentsOf(item: Fields, base: string | null): ItemEnclosure[] {
  return objectsIn(item.attachments)
    .slice(0, PARSE_LIMITS.list)
    .flatMap((attachment) => {
      const url = addressFrom(attachment.url, base);
      const size = Number(stringFrom(attachment.size_in_bytes));
      const length = Number.isSafeInteger(size) && size > 0 ? size : null;
      const duration = secondsIn(stringFrom(attachment.duration_in_seconds));
      return url === null ? [] : { url, type: lineFrom(attachment.mime_type), length, duration };
    });
}

/** `_episode`, an extension with what podcasts say of an episode. */
function episodeFrom(fields: Fields | null, base: string | null): ItemEpisode | null {
  if (fields === null) return null;
  const files = (list: unknown) =>
    objectsIn(list)
      .slice(0, PARSE_LIMITS.list)
      .flatMap((file) => {
        const url = addressFrom(file.url, base);
        return url === null ? [] : { url, type: lineFrom(file.mime_type), language: lineFrom(file.language) };
      });
  const [chapters = null] = files(fields.chapters);
  return {
    season: ordinalOf(stringFrom(fields.season)),
    number: ordinalOf(stringFrom(fields.number)),
    transcripts: files(fields.transcripts),
    chapters: chapters && { url: chapters.url, type: chapters.type },
    people: objectsIn(fields.people)
      .slice(0, PARSE_LIMITS.list)
      .flatMap((person) => {
        const name = lineFrom(person.name);
        return name === null ? [] : { name, role: lineFrom(person.role), url: addressFrom(person.url, base) };
      }),
  };
}

function imagesOf(item: Fields, base: string | null): ItemImage[] {
  const urls = new Set([addressFrom(item.image, base), addressFrom(item.banner_image, base)]);
  return [...urls].flatMap((url) => (url === null ? [] : { url, width: null, height: null, alt: null }));
}

/** `_source`, an extension by which aggregators name the origin of an item. */
function sourceOf(item: Fields, base: string | null): ItemSource | null {
  const source = fieldsOf(item._source);
  if (!source) return null;
  const title = lineFrom(source.title) ?? lineFrom(source.name);
  const url = addressFrom(source.url, base) ?? addressFrom(source.home_page_url, base);
  const feedUrl = addressFrom(source.feed_url, base);
  return title === null && url === null && feedUrl === null ? null : { title, url, feedUrl };
}

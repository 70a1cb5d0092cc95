/** Derives the name of a publication from a feed's title, such as "World news | The Harbour Times". */
import { loadTable } from '../../data/load.js';
import { lettersOnly } from '../../text/plain.js';
import { isPlatform } from '../../text/url/platforms.js';
import { siteOf } from '../../text/url/site-of.js';
import { bareHost } from '../../text/url/url.js';
import { nameKey } from './borrowed-names.js';
import { OUTLET_NAMES, outletAt } from './outlets.js';

export interface NamedFeed {
  /** One line, as in the feed; empty: missing. */
  readonly title: string;
  /** The home page, else the feed's address; null: unknown. */
  readonly url: string | null;
  /** The feed's copyright line; empty: missing. */
  readonly rights: string;
}

/**
 * The title part that repeats the domain or the copyright line, else the only part that is not a section. A title of
 * sections gives the known name of the host, else the host. An unclear title stays whole.
 */
export function publicationName(feed: NamedFeed): string {
  const title = withoutFeedWords(feed);
  const parts = partsOf(title, feed.url);
  const candidates = parts.filter((part) => !isSection(part));
  if (candidates.length === 0)
    return outletAt(feed.url) ?? articled(parts, feed.url) ?? bareHost(feed.url) ?? feed.title;
  const holder = nameKey(holderOf(feed.rights));
  const repeated =
    parts.find((part) => namesSite(part, feed.url)) ??
    candidates.find((part) => holder !== '' && nameKey(part) === holder) ??
    candidates.find((part) => outletAt(feed.url) !== null && OUTLET_NAMES.has(lettersOnly(part)));
  return knownName(withoutTopic(repeated ?? (candidates.length === 1 ? candidates[0]! : title), feed.url), feed.url);
}

/** "The Post" of post.example, although "Post" alone would be a section. */
function articled(parts: readonly string[], url: string | null): string | undefined {
  return parts.find((part) => /^the\s/i.test(part) && namesSite(part, url));
}

/** The known name of a site whose title is only its domain ("HarbourTimes.com"). */
function knownName(name: string, url: string | null): string {
  const site = url === null ? null : siteOf(url);
  return site !== null && nameKey(name) === nameKey(site) ? (outletAt(url) ?? name) : name;
}

/** False: `derivePublicationName` needs a table, the host or the whole title. */
export function isNameSaid(feed: NamedFeed): boolean {
  const title = withoutFeedWords(feed);
  const parts = partsOf(title, feed.url).filter((part) => !isSection(part));
  return parts.length === 1 || (parts.length > 1 && publicationName(feed) !== title);
}

/** `name` and all names in the feed's title and address. */
export function namesOfPublication(name: string, feed: NamedFeed): string[] {
  const parts = partsOf(withoutFeedWords(feed), feed.url).filter((part) => !isSection(part));
  const names = [name, feed.title, ...parts, publicationName(feed), outletAt(feed.url) ?? '', bareHost(feed.url) ?? ''];
  return [...new Set(names)].filter((one) => one !== '');
}

/** Whether a text is one of these names, possibly with an edition ("The Harbour Times UK"). */
export function bearsName(text: string, names: readonly string[]): boolean {
  const key = plainKey(text);
  return key !== '' && keysOf(names).some((name) => isName(key, name));
}

/** Cached by list, because all items of a document use the same one. */
const knownKeys = new WeakMap<readonly string[], readonly string[]>();

function keysOf(names: readonly string[]): readonly string[] {
  const keys = knownKeys.get(names) ?? names.map(plainKey);
  knownKeys.set(names, keys);
  return keys;
}

function isName(key: string, name: string): boolean {
  return key === name || (name.length > 3 && key.startsWith(name) && EDITIONS.has(key.slice(name.length)));
}

const EDITIONS = new Set(
  'com org net inc llc ltd gmbh news online us uk usa international podcast blog magazine tv'.split(' ').map(nameKey),
);

/** `toNameKey` without a leading article, which may be joined ("TheHarbour"). */
function plainKey(text: string): string {
  return nameKey(text).replace(/^the(?=.{4})/, '');
}

/** Whether a text is the registered name of the site ("The Harbour.com"). */
export function namesSite(text: string, url: string | null): boolean {
  const site = url === null ? null : siteOf(url);
  const host = url === null ? null : bareHost(url);
  if (site === null || host === null) return false;
  const key = plainKey(text);
  const [label = ''] = site.split('.');
  const labels = isPlatform(site) ? host.slice(0, -site.length).split('.') : [label, site, ...subdomainsOf(host, site)];
  return key.length > 1 && labels.some((one) => one !== '' && key === plainKey(one));
}

/** `cornucopia.harbour.example` may be called "Cornucopia", but `news.harbour.example` not "News". */
function subdomainsOf(host: string, site: string): string[] {
  return host
    .slice(0, -site.length)
    .split('.')
    .filter((label) => !isSection(label));
}

const SEPARATOR = /\s+(?:[|–—·•»>:/]|-|::)\s+|(?<=\S):\s+|\s*\|\s*/u;

function partsOf(title: string, url: string | null): string[] {
  const site = url === null ? null : siteOf(url);
  const parts = title
    .split(SEPARATOR)
    .map((part) => part.replace(/^[\s|–—·•»>:-]+|[\s|–—·•»>:-]+$/g, ''))
    .filter(
      (part, i) =>
        part !== '' && !(i > 0 && site !== null && isPlatform(site) && nameKey(`${part}.com`) === nameKey(site)),
    );
  return parts.length === 1 ? partsOfSentence(parts[0]!, url) : parts;
}

/** "Home on Ferry" (Hugo), "Stories by Ferry on Medium", "Travel in Ferry on Medium". */
function partsOfSentence(title: string, url: string | null): string[] {
  const onMedium = /^(?:stories by (.+)|.+ in (.+)) on medium$/i.exec(title);
  if (onMedium !== null) return [(onMedium[1] ?? onMedium[2])!];
  const [, before = '', after = ''] = /^(.+) on (.+)$/i.exec(title) ?? [];
  const isHugo = after !== '' && (isSection(before) || nameKey(before) === nameKey(after) || namesSite(after, url));
  return isHugo ? [after] : [title];
}

/** Removes words such as "RSS". "feed" is removed only if the rest is the name of the site. */
function withoutFeedWords({ title, url }: NamedFeed): string {
  const bare = title
    .replace(FEED_LEAD, '')
    .replace(FEED_TAIL, '')
    .replace(/[\s|–—·•»>:-]+$/, '');
  const shorter = bare.replace(/\s+feed$/i, '');
  return (namesSite(shorter, url) ? shorter : bare) || title;
}

const FEED_LEAD =
  /^(?:amp(?=:)|comments (?:on|for)|latest (?:items|posts|articles|stories|news) (?:from|on)|nyheter från|rss feed (?:of|for)):?\s+/i;
const FEED_TAIL = /\s+(?:search records found \d+|(?:rss|atom|xml)(?: feed)?)$/i;

/** "NPR Topics" → "NPR", only if the rest is the name of the site. */
function withoutTopic(name: string, url: string | null): string {
  const shorter = name.replace(/\s+(?:topics|subject collection|headlines)$/i, '');
  return namesSite(shorter, url) ? shorter : name;
}

/** "Copyright © 2024 The Harbour Times Company. All rights reserved" → "The Harbour Times". */
function holderOf(rights: string): string {
  return rights
    .replace(/<[^<>]*>/g, ' ')
    .replace(/all rights reserved|copyright|\(c\)|[©℗&]|\b(?:19|20)\d\d\b|[-–,.:]\s*$/gi, ' ')
    .replace(/\b(?:company|inc|ltd|llc|limited|gmbh|media|group)\b.*$/i, '')
    .replace(/[^\p{L}\p{N}]+$|^[^\p{L}\p{N}]+/gu, '');
}

/** Words in `lettersOnly` form. */
export interface NameWords {
  /** Words after which a sentence continues, but a name does not. */
  readonly afterNames: readonly string[];
  readonly nobody: readonly string[];
  readonly sections: readonly string[];
  /** Small words. A section name needs another word, because a publication may be called "A". */
  readonly small: readonly string[];
}

const WORDS = loadTable<NameWords>('name-words');
const SECTION = new Set(WORDS.sections);

const SMALL = new Set(WORDS.small);

function isSection(part: string): boolean {
  const words = lettersOnly(part).split(' ');
  return words.every((word) => SECTION.has(word)) && words.some((word) => !SMALL.has(word));
}

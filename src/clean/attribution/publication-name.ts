/** Names a feed's publication: what its readers call it, out of a title that may say "World news | The Harbour Times". */
import { loadTable } from '../../data/load.js';
import { lettersOnly } from '../../text/plain.js';
import { isPlatform } from '../../text/url/platforms.js';
import { siteOf } from '../../text/url/site-of.js';
import { bareHost } from '../../text/url/url.js';
import { nameKey } from './borrowed-names.js';
import { OUTLET_NAMES, outletAt } from './outlets.js';

export interface NamedFeed {
  /** One line, as the feed gives it; empty: none. */
  readonly title: string;
  /** The home page, else the feed's address; null: unknown. */
  readonly url: string | null;
  /** The feed's copyright line; empty: none. */
  readonly rights: string;
}

/**
 * The part of the title that is the name: that which the domain or the copyright line repeats, else the only one that is more
 * than the name of a section. A title of sections alone ("World", "Top Stories") gives the well-known name of the host, else the
 * host; an unclear title stays whole. Empty where neither title nor address is known.
 */
export function publicationName(feed: NamedFeed): string {
  const title = withoutFeedWords(feed);
  const parts = partsOf(title, feed.url);
  const said = parts.filter((part) => !isSection(part));
  if (said.length === 0) return outletAt(feed.url) ?? articled(parts, feed.url) ?? bareHost(feed.url) ?? feed.title;
  const holder = nameKey(holderOf(feed.rights));
  const repeated =
    parts.find((part) => namesSite(part, feed.url)) ??
    said.find((part) => holder !== '' && nameKey(part) === holder) ??
    said.find((part) => outletAt(feed.url) !== null && OUTLET_NAMES.has(lettersOnly(part)));
  return knownName(withoutTopic(repeated ?? (said.length === 1 ? said[0]! : title), feed.url), feed.url);
}

/** "The Post" of post.example is called so, though "Post" alone says that it is a feed of posts. */
function articled(parts: readonly string[], url: string | null): string | undefined {
  return parts.find((part) => /^the\s/i.test(part) && namesSite(part, url));
}

/** The well-known name of a site, where its domain stands for it ("HarbourTimes.com"). */
function knownName(name: string, url: string | null): string {
  const site = url === null ? null : siteOf(url);
  return site !== null && nameKey(name) === nameKey(site) ? (outletAt(url) ?? name) : name;
}

/** Whether a feed's title says the name; else `publicationName` had to take it from a table or the host, or the title as it is. */
export function isNameSaid(feed: NamedFeed): boolean {
  const title = withoutFeedWords(feed);
  const parts = partsOf(title, feed.url).filter((part) => !isSection(part));
  return parts.length === 1 || (parts.length > 1 && publicationName(feed) !== title);
}

/** All names that a feed's publication goes by: `name` and what its title and its address say beside it. */
export function namesOfPublication(name: string, feed: NamedFeed): string[] {
  const parts = partsOf(withoutFeedWords(feed), feed.url).filter((part) => !isSection(part));
  const names = [name, feed.title, ...parts, publicationName(feed), outletAt(feed.url) ?? '', bareHost(feed.url) ?? ''];
  return [...new Set(names)].filter((one) => one !== '');
}

/** Whether a text is one of these names, at most with the words that editions add ("The Harbour Times UK"). */
export function bearsName(text: string, names: readonly string[]): boolean {
  const key = plainKey(text);
  return key !== '' && keysOf(names).some((name) => isName(key, name));
}

/** By list: all items of a document are compared with one. */
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

/** `nameKey`, where a leading article may be written together ("TheHarbour"). */
function plainKey(text: string): string {
  return nameKey(text).replace(/^the(?=.{4})/, '');
}

/** Whether a text is the name of the site at an address: the part of its domain that was registered ("The Harbour.com"). */
export function namesSite(text: string, url: string | null): boolean {
  const site = url === null ? null : siteOf(url);
  const host = url === null ? null : bareHost(url);
  if (site === null || host === null) return false;
  const key = plainKey(text);
  const [label = ''] = site.split('.');
  const labels = isPlatform(site) ? host.slice(0, -site.length).split('.') : [label, site, ...subdomainsOf(host, site)];
  return key.length > 1 && labels.some((one) => one !== '' && key === plainKey(one));
}

/** `cornucopia.harbour.example` may be called "Cornucopia"; `news.harbour.example` is not called "News". */
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

/** "Home on Ferry" (Hugo), "Stories by Ferry on Medium", "Travel in Ferry on Medium": the name is in the sentence. */
function partsOfSentence(title: string, url: string | null): string[] {
  const onMedium = /^(?:stories by (.+)|.+ in (.+)) on medium$/i.exec(title);
  if (onMedium !== null) return [(onMedium[1] ?? onMedium[2])!];
  const [, before = '', after = ''] = /^(.+) on (.+)$/i.exec(title) ?? [];
  const isHugo = after !== '' && (isSection(before) || nameKey(before) === nameKey(after) || namesSite(after, url));
  return isHugo ? [after] : [title];
}

/** The title without words that say that it is a feed's; "feed" alone goes only where the rest is the name of the site. */
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

/** "NPR Topics" → "NPR": only where the rest is the name of the site. */
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
  /** After which a sentence goes on, and a name does not. */
  readonly afterNames: readonly string[];
  /** Of bylines that name nobody. */
  readonly nobody: readonly string[];
  /** Of which the names of sections and feeds consist. */
  readonly sections: readonly string[];
  /** Of these alone no section is named: a publication may be called "A". */
  readonly small: readonly string[];
}

const WORDS = loadTable<NameWords>('name-words');
/** Words of which the names of a publication's sections and feeds are made. */
const SECTION = new Set(WORDS.sections);

/** Of these alone no section is named: a publication may be called "A". */
const SMALL = new Set(WORDS.small);

function isSection(part: string): boolean {
  const words = lettersOnly(part).split(' ');
  return words.every((word) => SECTION.has(word)) && words.some((word) => !SMALL.has(word));
}

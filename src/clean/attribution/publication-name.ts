/** Derives the name of a publication from a feed's title, such as "World news | The Harbour Times". */
import { loadTable } from '../../data/load.js';
import { cacheByObject, cacheByText } from '../../text/cached.js';
import { lettersOnly } from '../../text/plain.js';
import { isPlatform } from '../../text/url/platforms.js';
import { findSite } from '../../text/url/site-of.js';
import { bareHost } from '../../text/url/url.js';
import { matchesHost, toNameKey } from './borrowed-names.js';
import { findOutlet, OUTLET_NAMES } from './outlets.js';

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
export const derivePublicationName = cacheByObject((feed: NamedFeed): string => {
  const title = stripFeedWords(feed);
  const parts = splitTitle(title, feed.url);
  const candidates = parts.filter((part) => !isSection(part));
  if (candidates.length === 0)
    return (
      findOutlet(feed.url) ??
      // "The Post" of post.example, although "Post" alone would be a section.
      parts.find((part) => /^the\s/i.test(part) && isSiteName(part, feed.url)) ??
      bareHost(feed.url) ??
      feed.title
    );
  const holder = toNameKey(findRightsHolder(feed.rights));
  const repeated =
    parts.find((part) => isSiteName(part, feed.url)) ??
    candidates.find((part) => holder !== '' && toNameKey(part) === holder) ??
    candidates.find((part) => findOutlet(feed.url) !== null && OUTLET_NAMES.has(lettersOnly(part)));
  const name = stripTopic(repeated ?? (candidates.length === 1 ? candidates[0]! : title), feed.url);
  return addOutletName(name, feed.url, repeated !== undefined);
});

/** The known name of the site instead of a domain ("HT.com"), or beside a section: "California (The Harbour Times)". */
function addOutletName(name: string, url: string | null, isSiteNamed: boolean): string {
  const outlet = findOutlet(url);
  if (outlet === null || url === null) return name;
  if (isSiteNamed) return toNameKey(name) === toNameKey(findSite(url) ?? '') ? outlet : name;
  if (/^\S+\.[a-z]{2,}$/i.test(name)) return outlet;
  return matchesHost(name, url) || toPlainKey(name).includes(toPlainKey(outlet)) ? name : `${name} (${outlet})`;
}

/** False: `derivePublicationName` needs a table, the host or the whole title. */
export function isNameInTitle(feed: NamedFeed): boolean {
  const title = stripFeedWords(feed);
  const parts = splitTitle(title, feed.url).filter((part) => !isSection(part));
  return parts.length === 1 || (parts.length > 1 && derivePublicationName(feed) !== title);
}

/** `name` and all names in the feed's title and address. */
export function listPublicationNames(name: string, feed: NamedFeed): string[] {
  const parts = splitTitle(stripFeedWords(feed), feed.url).filter((part) => !isSection(part));
  const names = [
    name,
    feed.title,
    ...parts,
    derivePublicationName(feed),
    findOutlet(feed.url) ?? '',
    bareHost(feed.url) ?? '',
  ];
  return [...new Set(names)].filter((one) => one !== '');
}

/** Whether a text is one of these names, possibly with an edition ("The Harbour Times UK"). */
export function matchesName(text: string, names: readonly string[]): boolean {
  const key = toPlainKey(text);
  return key !== '' && toKeys(names).some((name) => isName(key, name));
}

const toKeys = cacheByObject((names: readonly string[]) => names.map(toPlainKey));

function isName(key: string, name: string): boolean {
  return key === name || (name.length > 3 && key.startsWith(name) && EDITIONS.has(key.slice(name.length)));
}

const EDITIONS = new Set(
  'com org net inc llc ltd gmbh news online us uk usa international podcast blog magazine tv'.split(' ').map(toNameKey),
);

/** `toNameKey` without a leading article, which may be joined ("TheHarbour"). */
function toPlainKey(text: string): string {
  return toNameKey(text).replace(/^the(?=.{4})/, '');
}

/** Whether a text is the registered name of the site ("The Harbour.com"). */
export function isSiteName(text: string, url: string | null): boolean {
  if (url === null) return false;
  const key = toPlainKey(text);
  return key.length > 1 && listSiteKeys(ORIGIN.exec(url)?.[0] ?? url).includes(key);
}

const ORIGIN = /^https?:\/\/[^/?#]*/;

const listSiteKeys = cacheByText((origin): readonly string[] => {
  const site = findSite(origin);
  const host = bareHost(origin);
  if (site === null || host === null) return [];
  const [label = ''] = site.split('.');
  const labels = isPlatform(site)
    ? host.slice(0, -site.length).split('.')
    : [label, site, ...listSubdomains(host, site)];
  return labels.filter((one) => one !== '').map(toPlainKey);
});

/** `cornucopia.harbour.example` may be called "Cornucopia", but `news.harbour.example` not "News". */
function listSubdomains(host: string, site: string): string[] {
  return host
    .slice(0, -site.length)
    .split('.')
    .filter((label) => !isSection(label));
}

const SEPARATOR = /\s+(?:[|–—·•»>:/]|-|::)\s+|(?<=\S):\s+|\s*\|\s*/u;

function splitTitle(title: string, url: string | null): string[] {
  const site = url === null ? null : findSite(url);
  const parts = title
    .split(SEPARATOR)
    .map((part) => trimMarks(part).replace(FEED_TAIL, ''))
    .filter(
      (part, i) =>
        part !== '' && !(i > 0 && site !== null && isPlatform(site) && toNameKey(`${part}.com`) === toNameKey(site)),
    );
  return parts.length === 1 ? splitSentence(parts[0]!, url) : parts;
}

/** Keeps a closing quotation mark. */
function trimMarks(part: string): string {
  return part.replace(part.includes('«') ? /^[\s|–—·•»>:-]+|[\s|–—·•>:-]+$/g : /^[\s|–—·•»>:-]+|[\s|–—·•»>:-]+$/g, '');
}

/** "Home on Ferry" (Hugo), "Stories by Ferry on Medium", "Travel in Ferry on Medium". */
function splitSentence(title: string, url: string | null): string[] {
  const onMedium = /^(?:stories by (.+)|.+ in (.+)) on medium$/i.exec(title);
  if (onMedium !== null) return [(onMedium[1] ?? onMedium[2])!];
  const [, before = '', after = ''] = /^(.+) on (.+)$/i.exec(title) ?? [];
  const isHugo =
    after !== '' && (isSection(before) || toNameKey(before) === toNameKey(after) || isSiteName(after, url));
  return isHugo ? [after] : [title];
}

/** Removes words such as "RSS". "feed" and "news feed" are removed only if the rest is the name of the site. */
function stripFeedWords({ title, url }: NamedFeed): string {
  const bare = trimMarks(title.replace(FEED_LEAD, '').replace(FEED_TAIL, ''));
  const shorter = [/\s+feed$/i, /\s+news feed$/i].map((tail) => bare.replace(tail, ''));
  return (shorter.find((name) => isSiteName(name, url)) ?? bare) || title;
}

const FEED_LEAD =
  /^(?:amp(?=:)|comments (?:on|for)|latest (?:items|posts|articles|stories|news) (?:from|on)|nyheter från|rss feed (?:of|for)):?\s+/i;
const FEED_TAIL = /\s+(?:search records found \d+|(?:rss|atom|xml)(?: feed)?)$/i;

/** "NPR Topics" → "NPR", only if the rest is the name of the site. */
function stripTopic(name: string, url: string | null): string {
  const shorter = name.replace(/\s+(?:topics|subject collection|headlines)$/i, '');
  return isSiteName(shorter, url) ? shorter : name;
}

/** "Copyright © 2024 The Harbour Times Company. All rights reserved" → "The Harbour Times". */
function findRightsHolder(rights: string): string {
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

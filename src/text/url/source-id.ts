/** The default id of a source. */
import { createHash } from 'node:crypto';
import { parseUrl } from './parse-url.js';
import { FEED_SERVICES } from './platforms.js';
import { looksLikeKey } from './redact-url.js';

/** Characters: file systems limit names to 255 bytes, and ours get an extension. */
export const LONGEST_ID = 200;

const GENERIC = new Set([
  'feed',
  'feeds',
  'rss',
  'atom',
  'xml',
  'json',
  'rdf',
  'index',
  'www',
  'default',
  'php',
  'rss2',
]);

/**
 * Derived from the words of its host and path: `https://foreignpolicy.com/feed/` → `foreignpolicy-com`,
 * `https://feeds.bbci.co.uk/news/world/rss.xml` → `bbci-co-uk-news-world`. An id names published files, so nothing that may be a key
 * goes into it: no query, no segment that looks like one. Depends on the address alone, so that adding or removing other sources never
 * changes it. `source` where nothing is left.
 *
 * @param written As a config says it: what `${NAME}` stands for does not go into it either.
 */
export function sourceIdOf(written: string): string {
  const url = written.replace(/(?<!\$)\$\{\w+\}/g, '');
  const parsed = parseUrl(url);
  if (parsed === null) return 'source';
  const { hostname, port, pathname, protocol } = parsed;
  const where = protocol === 'file:' ? '' : hostname;
  const path = pathname.split('/').filter((segment) => !looksLikeKey(segment));
  const words = `${where} ${port} ${path.map(plainUri).join(' ')}`.toLowerCase().split(/[^a-z0-9]+/);
  const kept = words.filter((word) => word !== '' && !GENERIC.has(word));
  return shortened(kept.join('-')) || 'source';
}

/** A person would write no longer one where the name is shorter. */
const LONG_ADDRESS = 30;
const LONG_NAME = 40;

/** Letters that no accent makes of Latin ones. */
const LETTERS: Readonly<Record<string, string>> = {
  ı: 'i',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
};

/**
 * The id to write down for a new source: as `sourceIdOf`, without `opml` at its end; by the title, where that has Latin letters, if it is
 * shorter than a long one, if a service has the feeds of many under its host, or if that has no name of its own (a number, `localhost`), where
 * the path comes next.
 */
export function namedSourceIdOf(written: string, title: string | null): string {
  const { hostname = '', pathname = '' } = parseUrl(written) ?? {};
  const byAddress = (address: string) => sourceIdOf(address).replace(/-opml$/, '');
  const byName = latinWords((title ?? '').toLowerCase().replace(/[ıłøđßæœþ]/g, (letter) => LETTERS[letter]!));
  if (/^[\d.]+$|^\[|(?:^|\.)localhost$/.test(hostname)) {
    const byPath = byAddress(`file://${pathname}`);
    return byName || (byPath === 'source' ? sourceIdOf(written) : byPath);
  }
  const long = byAddress(written);
  const most = isOfService(hostname) ? LONG_NAME : long.length > LONG_ADDRESS ? long.length - 1 : 0;
  return byName.length > 2 && byName.length <= most ? byName : long;
}

function isOfService(host: string): boolean {
  return [...FEED_SERVICES].some((service) => `.${host}`.endsWith(`.${service}`));
}

/** Cuts a long id and appends a hash; leaves room for the number that an OPML import may add. */
function shortened(id: string): string {
  if (id.length <= LONGEST_ID) return id;
  const hash = createHash('sha256').update(id).digest('hex').slice(0, 8);
  return `${id.slice(0, LONGEST_ID - 20)}-${hash}`;
}

function plainUri(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Characters of a name that become part of an id. */
const LONGEST_NAME = 60;

/** The words of a name as part of an id: `Über uns` → `uber-uns`; empty where nothing is in Latin letters or digits. */
export function latinWords(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  return words.slice(0, LONGEST_NAME).replace(/-$/, '');
}

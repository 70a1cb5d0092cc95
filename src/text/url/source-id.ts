/** Derives the default id of a source. */
import { createHash } from 'node:crypto';
import { parseUrl } from './parse-url.js';
import { FEED_SERVICES } from './platforms.js';
import { looksLikeKey } from './redact-url.js';

/** In characters: file systems limit names to 255 bytes, and an extension is added. */
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
 * Uses words of host and path: `https://foreignpolicy.com/feed/` → `foreignpolicy-com`,
 * `https://feeds.bbci.co.uk/news/world/rss.xml` → `bbci-co-uk-news-world`. Ids name published files, so possible keys
 * are left out. Depends on the address alone. `source`: nothing is left.
 *
 * @param written as in the config; `${NAME}` is left out.
 */
export function toSourceId(written: string): string {
  const url = written.replace(/(?<!\$)\$\{\w+\}/g, '');
  const parsed = parseUrl(url);
  if (parsed === null) return 'source';
  const { hostname, port, pathname, protocol } = parsed;
  const where = protocol === 'file:' ? '' : hostname;
  const path = pathname.split('/').filter((segment) => !looksLikeKey(segment));
  const words = `${where} ${port} ${path.map(decodeSegment).join(' ')}`.toLowerCase().split(/[^a-z0-9]+/);
  const kept = words.filter((word) => word !== '' && !GENERIC.has(word));
  return shortenId(kept.join('-')) || 'source';
}

/** In characters: the title is used if the address gives a longer id. */
const LONG_ADDRESS = 30;
const LONG_NAME = 40;

/** Letters without a decomposition. */
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
 * The id for a new source: as `toSourceId` without `opml` at the end. The title is used if it is shorter than a long
 * id, or if the host belongs to a service or has no name (`localhost`).
 */
export function suggestSourceId(written: string, title: string | null): string {
  const { hostname = '', pathname = '' } = parseUrl(written) ?? {};
  const byAddress = (address: string) => toSourceId(address).replace(/-opml$/, '');
  const byName = toLatinWords((title ?? '').toLowerCase().replace(/[ıłøđßæœþ]/g, (letter) => LETTERS[letter]!));
  if (/^[\d.]+$|^\[|(?:^|\.)localhost$/.test(hostname)) {
    const byPath = byAddress(`file://${pathname}`);
    return byName || (byPath === 'source' ? toSourceId(written) : byPath);
  }
  const long = byAddress(written);
  const most = [...FEED_SERVICES].some((service) => `.${hostname}`.endsWith(`.${service}`))
    ? LONG_NAME
    : long.length > LONG_ADDRESS
      ? long.length - 1
      : 0;
  return byName.length > 2 && byName.length <= most ? byName : long;
}

/** Cuts a long id and appends a hash; leaves room for the number that an OPML import may add. */
function shortenId(id: string): string {
  if (id.length <= LONGEST_ID) return id;
  const hash = createHash('sha256').update(id).digest('hex').slice(0, 8);
  return `${id.slice(0, LONGEST_ID - 20)}-${hash}`;
}

function decodeSegment(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** In characters. */
const LONGEST_NAME = 60;

/** `Über uns` → `uber-uns`; empty: no Latin letters or digits. */
export function toLatinWords(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const words = plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  return words.slice(0, LONGEST_NAME).replace(/-$/, '');
}

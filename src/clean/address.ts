/** Determines an article's address and all addresses that identify it. */
import type { Item } from '../model/item.js';
import { absoluteHref, canonicalUrl, urlKey } from '../text/url/url.js';

export interface Address {
  /** Canonical; null: the item has none. */
  readonly url: string | null;
  /** URL keys; that of `url` first. */
  readonly keys: readonly string[];
}

/** No page has more names than a few. */
const MOST_KEYS = 8;

/** Links that name the same page. */
const SAME_PAGE = new Set(['canonical', 'amphtml', 'shortlink']);

/**
 * The item's link, else its permalink guid, else an enclosure, else its comments page. Relative addresses resolve against `base`,
 * the document's address.
 */
export function itemAddressOf(item: Item, base: string): Address {
  const permalink = permalinkOf(item);
  const candidates = [item.url, permalink, ...item.enclosures.map((e) => e.url), item.commentsUrl];
  let url: string | null = null;
  const at = candidates.findIndex((raw) => {
    url = raw === null ? null : canonicalUrl(raw, base);
    return url !== null;
  });
  if (url === null) return { url, keys: [] };
  // Where an enclosure or comments page replaces the link, other addresses of the item do not identify the same page.
  const named = at > 1 ? [] : [permalink, ...item.links.filter((l) => SAME_PAGE.has(l.rel)).map((l) => l.href)];
  const aliases = named.filter((raw) => raw !== candidates[at]);
  return { url, keys: [...new Set([urlKey(url), ...aliases.flatMap((raw) => keyOf(raw, base))])].slice(0, MOST_KEYS) };
}

/** The guid where it is an address and declared a permalink, or undeclared in an item without a link. */
function permalinkOf(item: Item): string | null {
  if (item.guid === null || item.guidIsPermalink === false) return null;
  if (item.guidIsPermalink === null && item.url !== null) return null;
  return absoluteHref(item.guid, null) === null ? null : item.guid;
}

function keyOf(raw: string | null, base: string): string[] {
  const url = raw === null ? null : canonicalUrl(raw, base);
  return url === null ? [] : [urlKey(url)];
}

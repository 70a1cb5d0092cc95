/** Determines an article's address and all addresses that identify it. */
import type { Item } from '../model/item.js';
import { lettersOnly } from '../text/plain.js';
import { withoutParameters } from '../text/url/common-parameters.js';
import { marksFeed } from '../text/url/tracking.js';
import { absoluteHref, absoluteUrl, canonicalUrl, isFrontPage, urlKey } from '../text/url/url.js';

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

/**
 * The page of readers' comments, with its fragment (`#comments`); null where the item names none, only the article's own address, or
 * the front page of a site.
 */
export function discussionUrlOf({ commentsUrl }: Item, article: string | null, base: string): string | null {
  const given = commentsUrl ? absoluteUrl(commentsUrl, base) : null;
  const url = given && canonicalUrl(given.href, base);
  if (!given || !url) return null;
  if (url.includes('#') || given.hash === '') {
    return isFrontPage(url) || (article !== null && urlKey(url) === urlKey(article)) ? null : url;
  }
  return url + given.hash;
}

/**
 * The address without parameters that mark the feed, which all of its links have with one value (`common`). Others may be needed to
 * open the page: they stay in the address. But where another feed has a link that differs only by them, to an article of the same title,
 * it is the same article: one key says so, in which the title guards against two lists whose articles have the same numbers.
 */
export function withoutFeedMarks({ url, keys }: Address, common: readonly string[], title: string): Address {
  if (url === null || common.length === 0) return { url, keys };
  const bare = withoutParameters(url, common.filter(marksFeed));
  const page = urlKey(withoutParameters(url, common));
  const words = encodeURIComponent(lettersOnly(title));
  const shared = words === '' || page.includes('#') ? [] : [`${page}#!${words}`];
  return { url: bare, keys: [...new Set([urlKey(bare), ...keys, ...shared])] };
}

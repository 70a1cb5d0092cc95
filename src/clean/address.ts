/** Determines an article's address and all addresses that identify it. */
import type { Item } from '../model/item.js';
import { lettersOnly } from '../text/plain.js';
import { removeParameters } from '../text/url/common-parameters.js';
import { isFeedMark } from '../text/url/tracking.js';
import { absoluteHref, absoluteUrl, canonicalUrl, isFrontPage, urlKey } from '../text/url/url.js';

export interface Address {
  /** Canonical; null: missing. */
  readonly url: string | null;
  /** URL keys; that of `url` first. */
  readonly keys: readonly string[];
}

const MAX_KEYS = 8;

const SAME_PAGE = new Set(['canonical', 'amphtml', 'shortlink']);

/** The link, else a permalink guid, an enclosure, or the comments page. @param base the document's address. */
export function resolveItemAddress(item: Item, base: string): Address {
  const permalink = findPermalink(item);
  const candidates = [item.url, permalink, ...item.enclosures.map((e) => e.url), item.commentsUrl];
  let url: string | null = null;
  const at = candidates.findIndex((raw) => {
    url = raw === null ? null : canonicalUrl(raw, base);
    return url !== null;
  });
  if (url === null) return { url, keys: [] };
  // An enclosure or comments page is not the page that the item's other addresses identify.
  const named = at > 1 ? [] : [permalink, ...item.links.filter((l) => SAME_PAGE.has(l.rel)).map((l) => l.href)];
  const aliases = named.filter((raw) => raw !== candidates[at]);
  return {
    url: addOwnFragment(url, item),
    keys: [...new Set([urlKey(url), ...aliases.flatMap((raw) => toUrlKeys(raw, base))])].slice(0, MAX_KEYS),
  };
}

/** A page may contain several items: their guids end as the links do. A feed's mark is not an item's own. */
function addOwnFragment(page: string, { guid, url }: Item): string {
  const [fragment, name = ''] = /#(?:[\w-]+\/)?([\w.:-]+)$/.exec(url ?? '') ?? [];
  if (fragment === undefined || guid === null || page.includes('#')) return page;
  const isOwn = guid === url || (name.length > 3 && lettersOnly(guid).endsWith(lettersOnly(name)));
  return isOwn && fragment !== '#comments' && !isFeedMark(`from=${fragment.slice(1)}`) ? page + fragment : page;
}

/** A guid counts if it is a declared permalink, or an address in an item without a link. */
function findPermalink(item: Item): string | null {
  if (item.guid === null || item.guidIsPermalink === false) return null;
  if (item.guidIsPermalink === null && item.url !== null) return null;
  return absoluteHref(item.guid, null) === null ? null : item.guid;
}

function toUrlKeys(raw: string | null, base: string): string[] {
  const url = raw === null ? null : canonicalUrl(raw, base);
  return url === null ? [] : [urlKey(url)];
}

/** A feed or a list of articles, which some software names as the comments page. */
const NO_DISCUSSION =
  /\.(?:atom|rss|xml|rdf|json)$|\/(?:feed|rss|atom)\/?$|\/(?:category|categories|tags?|author)\/[^/]+\/?$/i;

/** The comments page, with its fragment (`#comments`). null: missing, the article itself, or a site's front page. */
export function findDiscussionUrl({ commentsUrl }: Item, article: string | null, base: string): string | null {
  const given = commentsUrl ? absoluteUrl(commentsUrl, base) : null;
  const url = given && canonicalUrl(given.href, base);
  if (!given || !url || NO_DISCUSSION.test(given.pathname)) return null;
  if (url.includes('#') || given.hash === '') {
    return isFrontPage(url) || (article !== null && urlKey(url) === urlKey(article)) ? null : url;
  }
  return url + given.hash;
}

/**
 * Removes parameters that mark the feed. `common`: parameters of all its links. A key without any of these, but with
 * the title, finds the same article in other feeds.
 */
export function stripFeedMarks({ url, keys }: Address, common: readonly string[], title: string): Address {
  if (url === null || common.length === 0) return { url, keys };
  const bare = removeParameters(url, common.filter(isFeedMark));
  const page = urlKey(removeParameters(url, common));
  const words = encodeURIComponent(lettersOnly(title));
  const shared = words === '' || page.includes('#') ? [] : [`${page}#!${words}`];
  return { url: bare, keys: [...new Set([urlKey(bare), ...keys, ...shared])] };
}

/** Determines the URL of the next older document of a feed. */
import { parseUrl } from '../../../text/url/parse-url.js';
import { findSite } from '../../../text/url/site-of.js';

export interface ReadPage {
  /** URL after redirects. */
  readonly url: string;
  readonly body: Uint8Array;
  /** Link in the document: RFC 5005 `prev-archive`, Atom `next`, JSON Feed `next_url`; null: none. */
  readonly older: string | null;
  /** Number of items. */
  readonly items: number;
}

/** Bytes to search for the name of the generator. */
const HEAD = 8192;

/**
 * Prefers the link in the document, then the paging of WordPress (`paged`) and Blogger (`start-index`). null: unknown, or on another site.
 *
 * @param page number of documents read, including the feed itself
 * @param items number of items in these documents
 */
export function findOlderPage(document: ReadPage, feedUrl: string, page: number, items: number): string | null {
  const url = document.older ?? guessOlderPage(document, feedUrl, page, items);
  return url !== null && /^https?:/.test(url) && findSite(url) === findSite(feedUrl) ? url : null;
}

function guessOlderPage({ body, items: here }: ReadPage, feedUrl: string, page: number, items: number): string | null {
  if (here === 0) return null;
  const head = Buffer.from(body.subarray(0, HEAD)).toString('latin1');
  const generator = /<generator\b[^>]*>[^<]{0,200}/i.exec(head)?.[0] ?? '';
  if (/wordpress\.(?:org|com)/i.test(generator) || WORDPRESS_SPACES.every((space) => head.includes(space)))
    return setParameter(feedUrl, 'paged', page + 1);
  if (/blogger/i.test(generator)) return setParameter(feedUrl, 'start-index', items + 1);
  return null;
}

/** Namespaces in WordPress feeds. Many sites hide the generator. */
const WORDPRESS_SPACES = ['http://wellformedweb.org/CommentAPI/', 'http://purl.org/rss/1.0/modules/slash/'];

function setParameter(url: string, name: string, value: number): string | null {
  const parsed = parseUrl(url);
  parsed?.searchParams.set(name, String(value));
  return parsed?.href ?? null;
}

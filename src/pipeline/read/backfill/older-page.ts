/** Where a feed keeps its older items: the address of the next older document. */
import { parseUrl } from '../../../text/url/parse-url.js';
import { siteOf } from '../../../text/url/site-of.js';

export interface ReadPage {
  /** After redirects. */
  readonly url: string;
  readonly body: Uint8Array;
  /** What the document itself names: RFC 5005 `prev-archive`, Atom `next`, JSON Feed `next_url`; null: nothing. */
  readonly older: string | null;
  /** Its items. */
  readonly items: number;
}

/** Programs that serve older items without naming them are recognised by what stands here, in bytes. */
const HEAD = 8192;

/**
 * What the document names goes first; then what WordPress (`paged`) and Blogger (`start-index`) serve. null: nothing is known, or it lies on
 * another site than the feed.
 *
 * @param page How many documents were read, the feed itself included.
 * @param items How many items these held.
 */
export function olderPage(document: ReadPage, feedUrl: string, page: number, items: number): string | null {
  const url = document.older ?? guessedPage(document, feedUrl, page, items);
  return url !== null && /^https?:/.test(url) && siteOf(url) === siteOf(feedUrl) ? url : null;
}

function guessedPage({ body, items: here }: ReadPage, feedUrl: string, page: number, items: number): string | null {
  if (here === 0) return null;
  const head = Buffer.from(body.subarray(0, HEAD)).toString('latin1');
  const generator = /<generator\b[^>]*>[^<]{0,200}/i.exec(head)?.[0] ?? '';
  if (/wordpress\.(?:org|com)/i.test(generator) || WORDPRESS_SPACES.every((space) => head.includes(space)))
    return withParameter(feedUrl, 'paged', page + 1);
  if (/blogger/i.test(generator)) return withParameter(feedUrl, 'start-index', items + 1);
  return null;
}

/** Namespaces of the feeds of WordPress, which many sites keep from saying its name. */
const WORDPRESS_SPACES = ['http://wellformedweb.org/CommentAPI/', 'http://purl.org/rss/1.0/modules/slash/'];

function withParameter(url: string, name: string, value: number): string | null {
  const parsed = parseUrl(url);
  parsed?.searchParams.set(name, String(value));
  return parsed?.href ?? null;
}

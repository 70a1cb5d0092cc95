/** Finds the feeds and the site name in an HTML page (RSS autodiscovery; WHATWG HTML 4.6.7.2). */
import { type Attributes, readMarkup } from '../text/markup.js';
import { plainLine } from '../text/plain.js';
import { isWebAddress, resolveUrl } from './urls.js';

export interface DiscoveredFeed {
  /** Absolute. */
  readonly url: string;
  /** As declared by the page; null: only the address looks like a feed. */
  readonly type: string | null;
  readonly title: string | null;
}

const MAX_FEEDS = 50;
/** In UTF-16 code units. Most feed links are near the beginning of a page. */
const PAGE_LIMIT = 2 * 1024 * 1024;

/** Declared feeds in page order, comment feeds last. Without declared feeds: links that look like feeds. */
export function discoverFeeds(html: string, baseUrl: string): DiscoveredFeed[] {
  const tags = readTags(html.slice(0, PAGE_LIMIT));
  const base = findBaseUrl(tags, baseUrl);
  const declared = tags.flatMap((tag) => toDeclaredFeed(tag, base));
  const found = declared.length > 0 ? declared : tags.flatMap((tag) => toLinkedFeed(tag, base));
  const once = [...new Map(found.map((feed) => [feed.url, feed])).values()];
  return [...once.filter((feed) => !isCommentsFeed(feed)), ...once.filter(isCommentsFeed)].slice(0, MAX_FEEDS);
}

export function findPageLinks(html: string, baseUrl: string): string[] {
  const tags = readTags(html.slice(0, PAGE_LIMIT));
  const base = findBaseUrl(tags, baseUrl);
  return tags.flatMap(({ name, attributes }) => (name === 'a' ? (toWebAddress(attributes.href, base) ?? []) : []));
}

/** `og:site_name` (ogp.me); null: missing. */
export function findSiteName(html: string): string | null {
  const meta = readTags(html.slice(0, PAGE_LIMIT)).find(
    ({ name, attributes }) => name === 'meta' && (attributes.property ?? attributes.name)?.trim() === 'og:site_name',
  );
  return meta?.attributes.content?.trim() || null;
}

interface Tag {
  readonly name: string;
  readonly attributes: Attributes;
}

function findBaseUrl(tags: readonly Tag[], pageUrl: string): string {
  const href = tags.find(({ name, attributes }) => name === 'base' && attributes.href !== undefined)?.attributes.href;
  return href === undefined ? pageUrl : resolveUrl(href, pageUrl);
}

const READ_TAGS = new Set(['base', 'link', 'a', 'meta']);

function readTags(html: string): Tag[] {
  const tags: Tag[] = [];
  readMarkup(html, {
    open: (name, attributes) => {
      if (READ_TAGS.has(name) && tags.length < 20_000) tags.push({ name, attributes });
    },
    close: () => {},
    text: () => {},
  });
  return tags;
}

const FEED_TYPES =
  /^(?:application\/(?:rss|atom|rdf|x-rss|feed)\+(?:xml|json)|application\/json|(?:text|application)\/xml)$/i;

function toDeclaredFeed({ name, attributes }: Tag, base: string): DiscoveredFeed[] {
  const rel = (attributes.rel ?? '').trim().toLowerCase().split(/\s+/);
  const type = (attributes.type ?? '').replace(/;.*$/s, '').trim();
  const declares = rel.includes('feed') || (rel.includes('alternate') && FEED_TYPES.test(type));
  if (name !== 'link' || !declares) return [];
  const url = toWebAddress(attributes.href, base);
  // WordPress declares its REST API in the same way.
  if (url === null || (/json$/i.test(type) && url.includes('/wp-json/'))) return [];
  return [{ url, type: type === '' ? null : type.toLowerCase(), title: plainLine(attributes.title ?? '') || null }];
}

const LOOKS_LIKE_FEED =
  /(?:[./_-]|^)(?:rss|atom|feed|feeds|rdf|feed\.json)(?:[./?_-][^#]*)?$|\.(?:rss|atom|rdf)$|[?&]feed=/i;

function toLinkedFeed({ name, attributes }: Tag, base: string): DiscoveredFeed[] {
  const url = name === 'a' ? toWebAddress(attributes.href, base) : null;
  if (url === null || !LOOKS_LIKE_FEED.test(stripOrigin(url))) return [];
  return [{ url, type: null, title: plainLine(attributes.title ?? '') || null }];
}

function stripOrigin(url: string): string {
  return url.replace(/^https?:\/\/[^/]*/i, '').slice(0, 500);
}

function toWebAddress(written: string | undefined, base: string): string | null {
  const href = written?.trim() ?? '';
  if (href === '' || href.length > 2000) return null;
  const url = resolveUrl(href.replace(/^feed:(?:\/\/)?(?=https?:)/i, '').replace(/^feed:\/\//i, 'http://'), base);
  return isWebAddress(url) ? url : null;
}

function isCommentsFeed({ url, title }: DiscoveredFeed): boolean {
  return /comment/i.test(`${title ?? ''} ${stripOrigin(url)}`);
}

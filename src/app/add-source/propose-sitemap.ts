/** Proposes a sitemap: a given one, or a news sitemap of a site without feed and list of links. */
import { ParseError } from '../../model/errors.js';
import { createPlainRequest, type FetchResult } from '../../model/fetch.js';
import type { ParsedFeed } from '../../model/item.js';
import { readByKind } from '../../parse/kinds.js';
import { listSitemaps, ROBOTS_FILE, robotsUrl } from '../../politeness/robots.js';
import { machineClock } from '../machine-clock.js';
import type { Visit } from './visit.js';

export interface ProposedSitemap {
  /** The URL to configure. */
  readonly url: string;
  readonly siteName: string | null;
  /** Newest entries of the sitemap or of one of its parts. */
  readonly entries: readonly { readonly title: string; readonly date: string | null }[];
}

/** A sitemap without headlines. They are derived from its addresses. */
export interface SitemapOfAddresses {
  /** The URL to configure. */
  readonly url: string;
  readonly siteName: null;
  readonly items: readonly { readonly title: string; readonly date: string | null }[];
  readonly doubt: null;
  /** Options in config syntax. */
  readonly sitemap: { readonly titles: 'address' };
}

const USUAL = ['/sitemap-news.xml', '/news-sitemap.xml', '/sitemap_news.xml', '/sitemap.xml'];
/** Maximum number of documents to request. */
const MOST_TRIED = 6;

/** null: not a sitemap (`why`: what it is instead of a feed), or without articles. Reads one part of an index. */
export async function proposeGivenSitemap(
  answer: Fresh,
  { details }: ParseError,
  visit: Visit,
): Promise<ProposedSitemap | SitemapOfAddresses | null> {
  if (details.is !== 'sitemap' && details.is !== 'binary') return null; // it may be compressed
  const ask = createSpacedFetch(visit);
  const news = await readEntries(answer, 'news', ask);
  if (news !== null) return toProposal(answer.finalUrl, news);
  const derived = await readEntries(answer, 'address', ask);
  if (derived === null) return null;
  const items = listEntries(derived);
  return { url: answer.finalUrl, siteName: null, items, doubt: null, sitemap: { titles: 'address' } };
}

/** null: no sitemap with headlines. Spaces its requests; rejects with the signal's reason. */
export async function proposeSitemap(pageUrl: string, visit: Visit): Promise<ProposedSitemap | null> {
  const ask = createSpacedFetch(visit);
  const robots = await ask(robotsUrl(pageUrl));
  const named = robots === null ? [] : listSitemaps(Buffer.from(robots.body).toString('utf8'), robots.finalUrl);
  const usual = USUAL.map((path) => new URL(path, pageUrl).href);
  const candidates = [...new Set([...sortNewsFirst(named), ...usual])].slice(0, MOST_TRIED);
  for (const url of candidates) {
    const answer = await ask(url);
    const feed = answer === null ? null : await readEntries(answer, 'news', ask);
    if (feed !== null) return toProposal(url, feed);
  }
  return null;
}

function toProposal(url: string, feed: ParsedFeed): ProposedSitemap {
  return { url, siteName: feed.title?.value ?? null, entries: listEntries(feed) };
}

function listEntries({ items }: ParsedFeed): ProposedSitemap['entries'] {
  return items.map(({ title, published, updated }) => ({ title: title?.value ?? '', date: published ?? updated }));
}

function sortNewsFirst(urls: readonly string[]): string[] {
  const isNews = (url: string) => /news/i.test(new URL(url).pathname);
  return [...urls.filter(isNews), ...urls.filter((url) => !isNews(url))];
}

type Fresh = Pick<Extract<FetchResult, { kind: 'fresh' }>, 'body' | 'contentType' | 'finalUrl'>;
type SpacedFetch = (url: string) => Promise<Fresh | null>;

/** null: unavailable. */
function createSpacedFetch({ fetcher, settings: { fetch }, signal }: Visit): SpacedFetch {
  return async (url) => {
    await machineClock.sleep(fetch.spacingMs, signal);
    const file = url.endsWith('/robots.txt') ? ROBOTS_FILE : undefined;
    const answer = await fetcher.fetch(createPlainRequest(url, fetch, file), signal);
    return answer.kind === 'fresh' ? answer : null;
  };
}

type Titles = 'news' | 'address';

/** Of an index: the entries of one part. null: not a sitemap, or without headlines. */
async function readEntries(answer: Fresh, titles: Titles, ask: SpacedFetch): Promise<ParsedFeed | null> {
  const feed = await readSitemap(answer, titles);
  const [part] = sortNewsFirst((feed?.parts ?? []).map(({ url }) => url));
  const inner = part === undefined ? null : await ask(part);
  const holder = inner === null ? feed : await readSitemap(inner, titles);
  return holder === null || holder.items.length === 0 ? null : holder;
}

async function readSitemap({ body, contentType, finalUrl }: Fresh, titles: Titles): Promise<ParsedFeed | null> {
  const reading = { kind: 'sitemap', options: { titles }, absence: 'nothing', robots: false, accept: null } as const;
  try {
    return await readByKind({ reading }, { body, contentType, url: finalUrl });
  } catch (error) {
    if (error instanceof ParseError) return null;
    throw error;
  }
}

/** Finds a news sitemap of a site without a feed or a list of links: in robots.txt, then at the usual paths. */
import { ParseError } from '../../model/errors.js';
import { createPlainRequest } from '../../model/fetch.js';
import type { ParsedFeed } from '../../model/item.js';
import { readByKind } from '../../parse/kinds.js';
import { listSitemaps, ROBOTS_FILE, robotsUrl } from '../../politeness/robots.js';
import { machineClock } from '../machine-clock.js';
import type { Visit } from './find-feed.js';

export interface ProposedSitemap {
  /** The URL to configure. */
  readonly url: string;
  readonly siteName: string | null;
  /** Newest entries of the sitemap or of one of its parts. */
  readonly entries: readonly { readonly title: string; readonly date: string | null }[];
}

const USUAL = ['/sitemap-news.xml', '/news-sitemap.xml', '/sitemap_news.xml', '/sitemap.xml'];
/** Maximum number of documents to request. */
const MOST_TRIED = 6;

/** null: no sitemap with headlines. Spaces its requests; rejects with the signal's reason. */
export async function proposeSitemap(pageUrl: string, visit: Visit): Promise<ProposedSitemap | null> {
  const ask = createSpacedFetch(visit);
  const robots = await ask(robotsUrl(pageUrl));
  const named = robots === null ? [] : listSitemaps(Buffer.from(robots.body).toString('utf8'), robots.finalUrl);
  const usual = USUAL.map((path) => new URL(path, pageUrl).href);
  const candidates = [...new Set([...sortNewsFirst(named), ...usual])].slice(0, MOST_TRIED);
  for (const url of candidates) {
    const feed = await readNewsSitemap(url, ask);
    const [part] = sortNewsFirst((feed?.parts ?? []).map((one) => one.url));
    const holder = part === undefined ? feed : await readNewsSitemap(part, ask);
    if (holder !== null && holder.items.length > 0)
      return { url, siteName: holder.title?.value ?? null, entries: holder.items.map(({ title, published, updated }) => ({ title: title?.value ?? '', date: published ?? updated })) }; // biome-ignore format: one value
  }
  return null;
}

function sortNewsFirst(urls: readonly string[]): string[] {
  const isNews = (url: string) => /news/i.test(new URL(url).pathname);
  return [...urls.filter(isNews), ...urls.filter((url) => !isNews(url))];
}

type SpacedFetch = (url: string) => Promise<{ body: Uint8Array; contentType: string | null; finalUrl: string } | null>;

/** null: unavailable. */
function createSpacedFetch({ fetcher, settings: { fetch }, signal }: Visit): SpacedFetch {
  return async (url) => {
    await machineClock.sleep(fetch.spacingMs, signal);
    const file = url.endsWith('/robots.txt') ? ROBOTS_FILE : undefined;
    const answer = await fetcher.fetch(createPlainRequest(url, fetch, file), signal);
    return answer.kind === 'fresh' ? answer : null;
  };
}

const READING = {
  kind: 'sitemap',
  options: { titles: 'news' },
  absence: 'nothing',
  robots: false,
  accept: null,
} as const;

/** null: not a sitemap, or without headlines. */
async function readNewsSitemap(url: string, ask: SpacedFetch): Promise<ParsedFeed | null> {
  const answer = await ask(url);
  if (answer === null) return null;
  try {
    const { body, contentType, finalUrl } = answer;
    return await readByKind({ reading: READING }, { body, contentType, url: finalUrl });
  } catch (error) {
    if (error instanceof ParseError) return null;
    throw error;
  }
}

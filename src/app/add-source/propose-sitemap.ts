/** Finds a news sitemap of a site without a feed or a list of links: in robots.txt, then at the usual paths. */
import { ParseError } from '../../model/errors.js';
import { plainRequest } from '../../model/fetch.js';
import type { ParsedFeed } from '../../model/item.js';
import { readByKind } from '../../parse/kinds.js';
import { ROBOTS_FILE, robotsUrl, sitemapsIn } from '../../politeness/robots.js';
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
  const ask = asker(visit);
  const robots = await ask(robotsUrl(pageUrl));
  const named = robots === null ? [] : sitemapsIn(Buffer.from(robots.body).toString('utf8'), robots.finalUrl);
  const usual = USUAL.map((path) => new URL(path, pageUrl).href);
  const candidates = [...new Set([...newsFirst(named), ...usual])].slice(0, MOST_TRIED);
  for (const url of candidates) {
    const feed = await read(url, ask);
    const [part] = newsFirst((feed?.parts ?? []).map((one) => one.url));
    const holder = part === undefined ? feed : await read(part, ask);
    if (holder !== null && holder.items.length > 0)
      return { url, siteName: holder.title?.value ?? null, entries: holder.items.map(({ title, published, updated }) => ({ title: title?.value ?? '', date: published ?? updated })) }; // biome-ignore format: one value
  }
  return null;
}

function newsFirst(urls: readonly string[]): string[] {
  const isNews = (url: string) => /news/i.test(new URL(url).pathname);
  return [...urls.filter(isNews), ...urls.filter((url) => !isNews(url))];
}

type Ask = (url: string) => Promise<{ body: Uint8Array; contentType: string | null; finalUrl: string } | null>;

/** null: unavailable. */
function asker({ fetcher, settings: { fetch }, signal }: Visit): Ask {
  return async (url) => {
    await machineClock.sleep(fetch.spacingMs, signal);
    const file = url.endsWith('/robots.txt') ? ROBOTS_FILE : undefined;
    const answer = await fetcher.fetch(plainRequest(url, fetch, file), signal);
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
async function read(url: string, ask: Ask): Promise<ParsedFeed | null> {
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

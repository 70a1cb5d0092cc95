/** The feed behind an address that an editor knows: the address itself, or what the page there says of its feeds. */

import { lineOf } from '../clean/plain-text.js';
import { createHttpFetcher } from '../fetch/http.js';
import { FetchError, ParseError } from '../model/errors.js';
import type { FetchResult, Hop } from '../model/fetch.js';
import type { ParsedFeed } from '../model/item.js';
import type { Settings } from '../model/settings.js';
import { type DiscoveredFeed, discoverFeeds } from '../parse/discover.js';
import { parseFeed } from '../parse/parse.js';
import type { Fetcher } from '../ports/fetcher.js';
import { userAgent } from './user-agent.js';

export interface FoundFeed {
  /** Where it is to be read from: permanent redirects are followed for good. */
  readonly url: string;
  readonly title: string | null;
  readonly format: string;
  readonly items: number;
  /** ISO 8601 in UTC; null: its items have no dates. */
  readonly newest: string | null;
  /** The page on which it was found; null: the address was that of the feed. */
  readonly page: string | null;
  /** What else the page offers. */
  readonly others: readonly DiscoveredFeed[];
}

/** Feeds of a page that are tried before giving up. */
const TRIED = 4;

/**
 * Asks the address, and where it is a page the first feeds that it offers. Throws FetchError where it could not be had, ParseError
 * PARSE_UNRECOGNIZED where no feed is to be found.
 */
export async function findFeed(address: string, settings: Settings, signal: AbortSignal): Promise<FoundFeed> {
  const fetcher = createHttpFetcher({ ...settings.fetch, userAgent: userAgent(settings) });
  try {
    const answer = await fetchDocument(address, fetcher, settings, signal);
    const feed = await feedIn(answer);
    if (!(feed instanceof ParseError)) return found(feed, answer, null, []);
    return await offered(answer, feed, fetcher, settings, signal);
  } finally {
    await fetcher.close();
  }
}

type Fresh = Extract<FetchResult, { kind: 'fresh' }>;

/** One document, asked as if for the first time. Throws FetchError. */
export async function fetchDocument(
  url: string,
  fetcher: Fetcher,
  settings: Settings,
  signal: AbortSignal,
): Promise<Fresh> {
  const { allowPrivateAddresses } = settings.fetch;
  const request = { url, validators: null, headers: {}, proxy: null, allowPrivateAddresses };
  const answer = await fetcher.fetch(request, signal);
  if (answer.kind === 'failed') throw answer.error;
  if (answer.kind === 'fresh') return answer;
  throw new FetchError(
    'FETCH_PROTOCOL',
    'the server says that nothing has changed, though it was asked for the first time',
  );
}

/** The feed, or why it is none. */
async function feedIn({ body, contentType, finalUrl }: Fresh): Promise<ParsedFeed | ParseError> {
  try {
    return await parseFeed(body, { contentType, url: finalUrl });
  } catch (error) {
    if (error instanceof ParseError) return error;
    throw error;
  }
}

async function offered(
  page: Fresh,
  why: ParseError,
  fetcher: Fetcher,
  settings: Settings,
  signal: AbortSignal,
): Promise<FoundFeed> {
  const feeds = isPage(why) ? offeredFeeds(page) : [];
  for (const { url } of feeds.slice(0, TRIED)) {
    const answer = await fetchDocument(url, fetcher, settings, signal).catch(notThere);
    const feed = answer === null ? null : await feedIn(answer);
    if (answer === null || feed === null || feed instanceof ParseError) continue;
    return found(
      feed,
      answer,
      page.finalUrl,
      feeds.filter((each) => each.url !== url),
    );
  }
  const said =
    feeds.length === 0 ? `${why.message}, and it names no feed` : 'none of the feeds that the page names can be read';
  throw new ParseError('PARSE_UNRECOGNIZED', said, { cause: why, details: { feeds: feeds.map(({ url }) => url) } });
}

export function isPage({ details }: ParseError): boolean {
  return details.is === 'html';
}

export function offeredFeeds({ body, finalUrl }: Pick<Fresh, 'body' | 'finalUrl'>): DiscoveredFeed[] {
  return discoverFeeds(Buffer.from(body).toString('utf8'), finalUrl);
}

function notThere(error: unknown): null {
  if (error instanceof FetchError) return null;
  throw error;
}

function found(feed: ParsedFeed, answer: Fresh, page: string | null, others: readonly DiscoveredFeed[]): FoundFeed {
  const dates = feed.items.flatMap(({ published, updated }) => published ?? updated ?? []).sort();
  const asked = answer.hops[0]?.from ?? answer.finalUrl;
  return {
    url: movedForGood(answer.hops) ?? asked,
    title: lineOf(feed.title) || null,
    format: feed.format,
    items: feed.items.length,
    newest: dates.at(-1) ?? null,
    page,
    others,
  };
}

/** RFC 9110 15.4: where every step says so; else null. */
export function movedForGood(hops: readonly Hop[]): string | null {
  const last = hops.at(-1);
  return last !== undefined && hops.every(({ status }) => status === 301 || status === 308) ? last.to : null;
}

/** Discovers feeds: the URL is a feed, a page that links to feeds, or a page with a feed at a usual path. */

import { isNameInTitle } from '../../clean/attribution/publication-name.js';
import { cleanName, toPlainLine } from '../../clean/plain-text.js';
import { isOnBadPort } from '../../fetch/hop.js';
import { FetchError, ParseError } from '../../model/errors.js';
import { createPlainRequest, type FetchResult, type Hop } from '../../model/fetch.js';
import type { ParsedFeed } from '../../model/item.js';
import { type DiscoveredFeed, discoverFeeds, findPageLinks, findSiteName } from '../../parse/discover.js';
import { decodeHtml } from '../../parse/encoding/decode.js';
import { findKnownFeed, listUsualFeeds } from '../../parse/page/known-feeds.js';
import { parseFeed } from '../../parse/parse.js';
import { compareText } from '../../text/compare.js';
import { absoluteHref, resolveUrlKey, urlKey } from '../../text/url/url.js';
import { machineClock } from '../machine-clock.js';
import { type ProposedJson, proposeDocument } from './propose-document.js';
import { type ProposedSitemap, proposeGivenSitemap, type SitemapOfAddresses } from './propose-sitemap.js';
import type { Visit } from './visit.js';

export interface FoundFeed {
  /** The URL to configure, after permanent redirects. */
  readonly url: string;
  readonly title: string | null;
  /** Name of the site if the feed's title does not contain it; null: it does, or the site has none. */
  readonly siteName: string | null;
  readonly format: string;
  readonly items: number;
  /** ISO 8601 in UTC; null: items have no dates. */
  readonly newest: string | null;
  /** The five newest. */
  readonly headlines: readonly { readonly title: string; readonly date: string | null }[];
  /** The page that links to it; null: the URL was the feed itself. */
  readonly page: string | null;
  readonly others: readonly DiscoveredFeed[];
}

export interface FeedlessPage {
  /** The URL to configure. */
  readonly url: string;
  readonly html: string;
  readonly answer: Fresh;
  /** The feeds that it links to, none of which can be read. */
  readonly unreadable: readonly string[];
  /** Why it is not a feed. */
  readonly why: ParseError;
}

/** Maximum number of linked feeds to try. */
const MOST_TRIED = 4;

/**
 * Fetches the URL. For a page, tries the feeds it links to, then the usual paths. Resolves with the page if it has no feed, and with
 * a proposal for a sitemap or unknown JSON. Throws FetchError if the URL cannot be fetched, ParseError if nothing there can be read.
 */
export async function findFeed(address: string, visit: Visit): Promise<Found | FeedlessPage> {
  const answer = await fetchDocument(findKnownFeed(address) ?? address, visit);
  const feed = await tryParseFeed(answer);
  const url = toConfiguredUrl(answer);
  const json = await proposeDocument(feed, { url, base: answer.finalUrl, text: decodeDocumentText(answer) });
  if (json !== null) return json;
  if (feed instanceof ParseError) return await findOffered(answer, feed, visit);
  return describeFound({ feed, answer, page: null, others: [] }, visit);
}

/** null: neither the address nor the page there has a feed with items. */
export async function findFeedUrl(address: string, visit: Visit): Promise<string | null> {
  const found = await findFeed(address, visit).catch((error: unknown) => {
    if (error instanceof FetchError || error instanceof ParseError) return null;
    throw error;
  });
  return found !== null && 'format' in found && found.items > 0 ? found.url : null;
}

type Found = FoundFeed | ProposedJson | ProposedSitemap | SitemapOfAddresses;

export function isFeedless(found: Found | FeedlessPage): found is FeedlessPage {
  return 'html' in found;
}

function decodeDocumentText({ body, contentType }: Pick<Fresh, 'body' | 'contentType'>): string {
  return decodeHtml(body, contentType).text;
}

interface FetchedFeed {
  readonly feed: ParsedFeed;
  readonly answer: Fresh;
  /** The page that links to it; null: requested directly. */
  readonly page: Fresh | null;
  readonly others: readonly DiscoveredFeed[];
}

type Fresh = Extract<FetchResult, { kind: 'fresh' }>;

/** Fetches a document unconditionally. Throws FetchError. */
export async function fetchDocument(url: string, { fetcher, settings, signal }: Visit): Promise<Fresh> {
  const answer = await fetcher.fetch(createPlainRequest(url, settings.fetch), signal);
  if (answer.kind === 'failed') throw answer.error;
  if (answer.kind === 'fresh') return answer;
  throw new FetchError('FETCH_PROTOCOL', 'the server answers 304 to an unconditional request');
}

async function tryParseFeed({ body, contentType, finalUrl }: Fresh): Promise<ParsedFeed | ParseError> {
  try {
    const feed = await parseFeed(body, { contentType, url: finalUrl });
    const details = { is: feed.format === 'json' ? 'json' : 'xml' };
    if (feed.title !== null || feed.items.length > 0) return feed;
    return new ParseError('PARSE_NO_ITEMS', 'a feed without a title and without items', { details });
  } catch (error) {
    if (error instanceof ParseError) return error;
    throw error;
  }
}

async function findOffered(answer: Fresh, why: ParseError, visit: Visit): Promise<Found | FeedlessPage> {
  const sitemap = await proposeGivenSitemap(answer, why, visit);
  if (sitemap !== null) return { ...sitemap, url: toConfiguredUrl(answer) };
  if (!isPage(why))
    throw new ParseError('PARSE_UNRECOGNIZED', `${why.message}, and it links to no feed`, { cause: why });
  const feeds = listLinkedFeeds(answer);
  const fetched = (await tryLinkedFeeds(feeds, answer, visit)) ?? (await tryUsualPlaces(answer, visit));
  if (fetched !== null) return describeFound(fetched, visit);
  const unreadable = feeds.map(({ url }) => url);
  return { url: toConfiguredUrl(answer), html: decodeDocumentText(answer), answer, unreadable, why };
}

async function tryLinkedFeeds(
  feeds: readonly DiscoveredFeed[],
  page: Fresh,
  visit: Visit,
): Promise<FetchedFeed | null> {
  for (const { url } of feeds.slice(0, MOST_TRIED)) {
    const answer = await fetchDocument(url, visit).catch(ignoreFetchError);
    const feed = answer === null ? null : await tryParseFeed(answer);
    if (answer === null || feed === null || feed instanceof ParseError) continue;
    return { feed, answer, page, others: feeds.filter((each) => each.url !== url) };
  }
  return null;
}

/** Tries the usual paths until a feed contains an article of the page. Other feeds may cover something else. null: none. */
async function tryUsualPlaces(page: Fresh, visit: Visit): Promise<FetchedFeed | null> {
  const { fetcher, settings, signal } = visit;
  const html = decodeDocumentText(page);
  for (const url of listUsualFeeds(page.finalUrl, html)) {
    await machineClock.sleep(settings.fetch.spacingMs, signal);
    signal.throwIfAborted();
    const answer = await fetcher.fetch(createPlainRequest(url, settings.fetch), signal);
    if (answer.kind === 'failed' && isRefusal(answer.status)) return null;
    if (answer.kind !== 'fresh') continue;
    const feed = await tryParseFeed(answer);
    if (!(feed instanceof ParseError) && hasArticleLink(feed, html, page.finalUrl))
      return { feed, answer, page, others: [] };
  }
  return null;
}

function isRefusal(status: number | null): boolean {
  return status === null || status === 429 || status === 403 || status >= 500;
}

function hasArticleLink({ items }: ParsedFeed, html: string, pageUrl: string): boolean {
  const linked = new Set(findPageLinks(html, pageUrl).map((url) => urlKey(url)));
  return items.some(({ url }) => url !== null && linked.has(resolveUrlKey(url, pageUrl) ?? ''));
}

/** Also of a page that looks like a bot check: ordinary pages load its scripts. */
export function isPage({ details }: ParseError): boolean {
  return details.is === 'html' || details.is === 'challenge';
}

export function listLinkedFeeds(page: Pick<Fresh, 'body' | 'contentType' | 'finalUrl'>): DiscoveredFeed[] {
  const linked = discoverFeeds(decodeDocumentText(page), page.finalUrl);
  return linked.filter(({ url }) => !isOnBadPort(new URL(url)));
}

function ignoreFetchError(error: unknown): null {
  if (error instanceof FetchError) return null;
  throw error;
}

/** Requests the home page only if the feed's title does not contain the name. */
async function readSiteName({ feed, answer, page }: FetchedFeed, visit: Visit): Promise<string | null> {
  const named = { title: toPlainLine(feed.title), url: feed.url ?? answer.finalUrl, rights: feed.rights ?? '' };
  if (isNameInTitle(named)) return null;
  const home = feed.url === null ? null : absoluteHref(feed.url, answer.finalUrl);
  const site = page ?? (home === null ? null : await fetchDocument(home, visit).catch(ignoreFetchError));
  const name = site === null ? null : findSiteName(decodeDocumentText(site));
  return name === null ? null : cleanName(name) || null;
}

async function describeFound(fetched: FetchedFeed, visit: Visit): Promise<FoundFeed> {
  const { feed, answer, page, others } = fetched;
  const siteName = await readSiteName(fetched, visit);
  const headlines = feed.items
    .map(({ title, published, updated }) => ({ title: toPlainLine(title), date: published ?? updated }))
    .sort((a, b) => compareText(b.date ?? '', a.date ?? ''))
    .slice(0, 5);
  return {
    url: toConfiguredUrl(answer),
    title: toPlainLine(feed.title) || null,
    siteName,
    format: feed.format,
    items: feed.items.length,
    newest: headlines[0]?.date ?? null,
    headlines,
    page: page?.finalUrl ?? null,
    others,
  };
}

/** The given URL, or the target of permanent redirects. */
function toConfiguredUrl({ hops, finalUrl }: Fresh): string {
  return findPermanentTarget(hops) ?? hops[0]?.from ?? finalUrl;
}

/** Returns the final URL if every redirect is permanent (RFC 9110 15.4); null otherwise. */
export function findPermanentTarget(hops: readonly Hop[]): string | null {
  const last = hops.at(-1);
  return last !== undefined && hops.every(({ status }) => status === 301 || status === 308) ? last.to : null;
}

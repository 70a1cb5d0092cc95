/** Feed discovery: the address is a feed itself, a page that links to feeds, or one whose feed is where feeds usually are. */

import { isNameSaid } from '../../clean/attribution/publication-name.js';
import { lineOf, nameOf } from '../../clean/plain-text.js';
import { isOnBadPort } from '../../fetch/hop.js';
import { FetchError, ParseError } from '../../model/errors.js';
import { type FetchResult, type Hop, plainRequest } from '../../model/fetch.js';
import type { ParsedFeed } from '../../model/item.js';
import type { Settings } from '../../model/settings.js';
import { type DiscoveredFeed, discoverFeeds, pageLinks, siteNameOf } from '../../parse/discover.js';
import { decodeHtml } from '../../parse/encoding/decode.js';
import { knownFeed, usualFeeds } from '../../parse/page/known-feeds.js';
import { parseFeed } from '../../parse/parse.js';
import type { Fetcher } from '../../ports/fetcher.js';
import { absoluteHref, urlKey, urlKeyAt } from '../../text/url/url.js';
import { machineClock } from '../machine-clock.js';
import { type ProposedJson, proposeDocument } from './propose-document.js';

/** What sends the requests of one search, which keeps the spacing between them. */
export interface Visit {
  readonly fetcher: Fetcher;
  readonly settings: Settings;
  readonly signal: AbortSignal;
}

export interface FoundFeed {
  /** The address to configure: the target of permanent redirects. */
  readonly url: string;
  readonly title: string | null;
  /** What its site calls itself, where the feed's own title does not say it; null: it does, or the site does not. */
  readonly siteName: string | null;
  readonly format: string;
  readonly items: number;
  /** ISO 8601 in UTC; null: its items have no dates. */
  readonly newest: string | null;
  /** The page that links to it; null: the address was the feed itself. */
  readonly page: string | null;
  /** The other feeds that the page links to. */
  readonly others: readonly DiscoveredFeed[];
}

/** A page without a feed, as it was found. */
export interface FeedlessPage {
  /** The address to configure. */
  readonly url: string;
  readonly html: string;
  readonly answer: Fresh;
}

/** Linked feeds that are tried before giving up. */
const MOST_TRIED = 4;

/**
 * Fetches the address, and if it is a page, the first feeds it links to, then those at the usual places. Resolves with the page where it
 * has none, and with a proposal where it is JSON of an unknown make. Throws FetchError where the address cannot be fetched, ParseError where
 * it is none of these, or names feeds that cannot be read.
 */
export async function findFeed(address: string, visit: Visit): Promise<FoundFeed | FeedlessPage | ProposedJson> {
  const answer = await fetchDocument(knownFeed(address) ?? address, visit);
  const feed = await feedIn(answer);
  const url = configuredUrl(answer);
  const json = await proposeDocument(feed, { url, base: answer.finalUrl, text: documentText(answer) });
  if (json !== null) return json;
  const fetched =
    feed instanceof ParseError ? await fetchOffered(answer, feed, visit) : { feed, answer, page: null, others: [] };
  if (fetched !== null) return describeFound(fetched, await readSiteName(fetched, visit));
  return { url, html: documentText(answer), answer };
}

/** Whether a page was found instead of a feed. */
export function isFeedless(found: FoundFeed | FeedlessPage | ProposedJson): found is FeedlessPage {
  return 'html' in found;
}

function documentText({ body, contentType }: Pick<Fresh, 'body' | 'contentType'>): string {
  return decodeHtml(body, contentType).text;
}

interface FetchedFeed {
  readonly feed: ParsedFeed;
  readonly answer: Fresh;
  /** The page that names it; null: it was asked for itself. */
  readonly page: Fresh | null;
  readonly others: readonly DiscoveredFeed[];
}

type Fresh = Extract<FetchResult, { kind: 'fresh' }>;

/** Fetches a document unconditionally. Throws FetchError. */
export async function fetchDocument(url: string, { fetcher, settings, signal }: Visit): Promise<Fresh> {
  const answer = await fetcher.fetch(plainRequest(url, settings.fetch), signal);
  if (answer.kind === 'failed') throw answer.error;
  if (answer.kind === 'fresh') return answer;
  throw new FetchError('FETCH_PROTOCOL', 'the server answers 304 to an unconditional request');
}

/** The feed, or the error that says why it is not one. */
async function feedIn({ body, contentType, finalUrl }: Fresh): Promise<ParsedFeed | ParseError> {
  try {
    return await parseFeed(body, { contentType, url: finalUrl });
  } catch (error) {
    if (error instanceof ParseError) return error;
    throw error;
  }
}

async function fetchOffered(page: Fresh, why: ParseError, visit: Visit): Promise<FetchedFeed | null> {
  const feeds = isPage(why) ? offeredFeeds(page) : [];
  for (const { url } of feeds.slice(0, MOST_TRIED)) {
    const answer = await fetchDocument(url, visit).catch(notThere);
    const feed = answer === null ? null : await feedIn(answer);
    if (answer === null || feed === null || feed instanceof ParseError) continue;
    return { feed, answer, page, others: feeds.filter((each) => each.url !== url) };
  }
  if (isPage(why) && feeds.length === 0) return await tryUsualPlaces(page, visit);
  const said = isPage(why)
    ? 'none of the feeds that the page names can be read'
    : `${why.message}, and it names no feed`;
  throw new ParseError('PARSE_UNRECOGNIZED', said, { cause: why, details: { feeds: feeds.map(({ url }) => url) } });
}

/**
 * Tries the usual places, one request a spacing, until one has a feed of what the page lists: a site may have a feed of something else.
 * null: none.
 */
async function tryUsualPlaces(page: Fresh, visit: Visit): Promise<FetchedFeed | null> {
  const { fetcher, settings, signal } = visit;
  const html = documentText(page);
  for (const url of usualFeeds(page.finalUrl, html)) {
    await machineClock.sleep(settings.fetch.spacingMs, signal);
    signal.throwIfAborted();
    const answer = await fetcher.fetch(plainRequest(url, settings.fetch), signal);
    if (answer.kind === 'failed' && asksToStop(answer.status)) return null;
    if (answer.kind !== 'fresh') continue;
    const feed = await feedIn(answer);
    if (!(feed instanceof ParseError) && isListedOn(feed, html, page.finalUrl))
      return { feed, answer, page, others: [] };
  }
  return null;
}

function asksToStop(status: number | null): boolean {
  return status === null || status === 429 || status === 403 || status >= 500;
}

/** Whether the page links to an article of the feed. */
function isListedOn({ items }: ParsedFeed, html: string, pageUrl: string): boolean {
  const linked = new Set(pageLinks(html, pageUrl).map((url) => urlKey(url)));
  return items.some(({ url }) => url !== null && linked.has(urlKeyAt(url, pageUrl) ?? ''));
}

export function isPage({ details }: ParseError): boolean {
  return details.is === 'html';
}

/** What the page links to, except on ports that browsers refuse: a page may be anybody's. */
export function offeredFeeds(page: Pick<Fresh, 'body' | 'contentType' | 'finalUrl'>): DiscoveredFeed[] {
  const linked = discoverFeeds(documentText(page), page.finalUrl);
  return linked.filter(({ url }) => !isOnBadPort(new URL(url)));
}

function notThere(error: unknown): null {
  if (error instanceof FetchError) return null;
  throw error;
}

/** Asks the home page only where the feed's title leaves the name open. */
async function readSiteName({ feed, answer, page }: FetchedFeed, visit: Visit): Promise<string | null> {
  const named = { title: lineOf(feed.title), url: feed.url ?? answer.finalUrl, rights: feed.rights ?? '' };
  if (isNameSaid(named)) return null;
  const home = feed.url === null ? null : absoluteHref(feed.url, answer.finalUrl);
  const site = page ?? (home === null ? null : await fetchDocument(home, visit).catch(notThere));
  const name = site === null ? null : siteNameOf(documentText(site));
  return name === null ? null : nameOf(name) || null;
}

function describeFound({ feed, answer, page, others }: FetchedFeed, siteName: string | null): FoundFeed {
  const dates = feed.items.flatMap(({ published, updated }) => published ?? updated ?? []).sort();
  return {
    url: configuredUrl(answer),
    title: lineOf(feed.title) || null,
    siteName,
    format: feed.format,
    items: feed.items.length,
    newest: dates.at(-1) ?? null,
    page: page?.finalUrl ?? null,
    others,
  };
}

/** The address as it was given, or to which it moved for good. */
function configuredUrl({ hops, finalUrl }: Fresh): string {
  return movedForGood(hops) ?? hops[0]?.from ?? finalUrl;
}

/** The final address where every redirect is permanent (RFC 9110 15.4); else null. */
export function movedForGood(hops: readonly Hop[]): string | null {
  const last = hops.at(-1);
  return last !== undefined && hops.every(({ status }) => status === 301 || status === 308) ? last.to : null;
}

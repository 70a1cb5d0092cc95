/** Proposes how a page without a feed is read, where its robots.txt lets programs read it. */
import { nameOf } from '../../clean/plain-text.js';
import { FetchError, ParseError } from '../../model/errors.js';
import { plainRequest } from '../../model/fetch.js';
import { siteNameOf } from '../../parse/discover.js';
import { decodeHtml } from '../../parse/encoding/decode.js';
import { type KnownPage, knownPage } from '../../parse/page/known-feeds.js';
import type { PageSelectors } from '../../parse/page/page-selectors.js';
import { type PageProposal, proposePage } from '../../parse/page/propose/propose.js';
import { readPage } from '../../parse/page/read-page.js';
import { allows, ROBOTS_FILE, robotsAfter, robotsUrl } from '../../politeness/robots.js';
import { type FeedlessPage, fetchDocument, type Visit } from './find-feed.js';

export interface ProposedPage extends PageProposal {
  /** The address to configure. */
  readonly url: string;
  readonly siteName: string | null;
  /** The selectors as the config has them. */
  readonly page: Readonly<Record<string, string>>;
}

/**
 * Throws FetchError FETCH_ROBOTS where robots.txt forbids it, ParseError PARSE_NO_ITEMS where the page has no list of links: its list may
 * be made by scripts, which are not run.
 */
export async function proposeFeedless({ url, html, answer }: FeedlessPage, visit: Visit): Promise<ProposedPage> {
  await askSiteRobots(answer.finalUrl, visit);
  const proposal = proposePage(html, answer.finalUrl);
  if (proposal === null) throw noList(answer.finalUrl);
  return { ...proposal, url, siteName: siteNameIn(html), page: asWritten(proposal.selectors) };
}

/** What is known of pages of services that have no feeds; null: nothing. Throws as `proposeFeedless`. */
export async function proposeKnown(address: string, visit: Visit): Promise<ProposedPage | null> {
  const known = knownPage(address);
  if (known === null) return null;
  await askSiteRobots(known.url, visit);
  const { body, contentType, finalUrl } = await fetchDocument(known.url, visit);
  return readKnown(known, decodeHtml(body, contentType).text, finalUrl);
}

function readKnown({ url, selectors }: KnownPage, html: string, finalUrl: string): ProposedPage {
  const { items } = readPage(html, finalUrl, selectors);
  const shown = items.map((item) => ({ title: item.title?.value ?? '', url: item.url ?? '', date: item.published }));
  return { url, selectors, items: shown, doubt: null, siteName: siteNameIn(html), page: asWritten(selectors) };
}

function siteNameIn(html: string): string | null {
  const name = siteNameOf(html);
  return name === null ? null : nameOf(name) || null;
}

function asWritten(selectors: PageSelectors): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(selectors).flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
  );
}

function noList(url: string): ParseError {
  const message = `${url} has no feed, and newsloom finds no list of links in it: it may be made by scripts, which are not run; look for a feed or a sitemap of the site, or write "kind: page" with selectors of your own`;
  return new ParseError('PARSE_NO_ITEMS', message);
}

/** As a run does; the answer is not remembered, since nothing is stored here. */
async function askSiteRobots(url: string, { fetcher, settings, signal }: Visit): Promise<void> {
  const request = plainRequest(robotsUrl(url), settings.fetch, ROBOTS_FILE);
  const answer = await fetcher.fetch(request, signal);
  const robots = robotsAfter(answer, new Date(0));
  if (robots === null) throw answer.kind === 'failed' ? answer.error : new FetchError('FETCH_ROBOTS', `${request.url} cannot be had`); // biome-ignore format: one throw
  if (allows(robots, url)) return;
  throw new FetchError('FETCH_ROBOTS', `${request.url} asks programs not to read ${url}: ask the publisher`);
}

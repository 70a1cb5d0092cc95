/** Proposes selectors for a page without a feed if its robots.txt allows reading it. */
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
  /** The URL to configure. */
  readonly url: string;
  readonly siteName: string | null;
  /** Selectors in config syntax. */
  readonly page: Readonly<Record<string, string>>;
}

/** Throws FETCH_ROBOTS if robots.txt forbids it, PARSE_NO_ITEMS if the page has no list of links. Scripts are not run. */
export async function proposeFeedless({ url, html, answer }: FeedlessPage, visit: Visit): Promise<ProposedPage> {
  await askSiteRobots(answer.finalUrl, visit);
  const proposal = proposePage(html, answer.finalUrl);
  if (proposal === null) throw noList(answer.finalUrl);
  return { ...proposal, url, siteName: siteNameIn(html), page: asWritten(proposal.selectors) };
}

/** Uses the built-in selectors for known services without feeds; null: unknown service. Throws like `proposeFeedless`. */
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
  const message = `${url} has no feed and no list of links. The list may be made by scripts, which are not run. Look for a feed or a sitemap of the site, or write "kind: page" with your own selectors`;
  return new ParseError('PARSE_NO_ITEMS', message);
}

/** Does not cache the robots.txt, because nothing is stored here. */
async function askSiteRobots(url: string, { fetcher, settings, signal }: Visit): Promise<void> {
  const request = plainRequest(robotsUrl(url), settings.fetch, ROBOTS_FILE);
  const answer = await fetcher.fetch(request, signal);
  const robots = robotsAfter(answer, new Date(0));
  if (robots === null) throw answer.kind === 'failed' ? answer.error : new FetchError('FETCH_ROBOTS', `${request.url} is unavailable`); // biome-ignore format: one throw
  if (allows(robots, url)) return;
  throw new FetchError('FETCH_ROBOTS', `${request.url} forbids programs to read ${url}; ask the publisher`);
}

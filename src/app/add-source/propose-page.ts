/** Proposes selectors for a page without a feed if its robots.txt allows reading it. */
import { cleanName } from '../../clean/plain-text.js';
import { FetchError, ParseError } from '../../model/errors.js';
import { createPlainRequest } from '../../model/fetch.js';
import { findSiteName } from '../../parse/discover.js';
import { decodeHtml } from '../../parse/encoding/decode.js';
import { findKnownPage, type KnownPage } from '../../parse/page/known-feeds.js';
import type { PageSelectors } from '../../parse/page/page-selectors.js';
import { type PageProposal, proposePage } from '../../parse/page/propose/propose.js';
import { readPage } from '../../parse/page/read-page.js';
import { isUrlAllowed, ROBOTS_FILE, readRobots, robotsUrl } from '../../politeness/robots.js';
import { type FeedlessPage, fetchDocument } from './find-feed.js';
import type { Visit } from './visit.js';

export interface ProposedPage extends PageProposal {
  /** The URL to configure. */
  readonly url: string;
  readonly siteName: string | null;
  /** Selectors in config syntax. */
  readonly page: Readonly<Record<string, string>>;
}

/** Throws FETCH_ROBOTS if robots.txt forbids it, PARSE_NO_ITEMS if the page has no list of links. Scripts are not run. */
export async function proposeFeedless({ url, html, answer }: FeedlessPage, visit: Visit): Promise<ProposedPage> {
  await requireRobotsPermission(answer.finalUrl, visit);
  const proposal = proposePage(html, answer.finalUrl);
  if (proposal === null) throw createNoListError(answer.finalUrl);
  return { ...proposal, url, siteName: readSiteTitle(html), page: toConfigSelectors(proposal.selectors) };
}

/** Uses the built-in selectors for known services without feeds; null: unknown service. Throws like `proposeFeedless`. */
export async function proposeKnown(address: string, visit: Visit): Promise<ProposedPage | null> {
  const known = findKnownPage(address);
  if (known === null) return null;
  await requireRobotsPermission(known.url, visit);
  const { body, contentType, finalUrl } = await fetchDocument(known.url, visit);
  return readKnownPage(known, decodeHtml(body, contentType).text, finalUrl);
}

function readKnownPage({ url, selectors }: KnownPage, html: string, finalUrl: string): ProposedPage {
  const { items } = readPage(html, finalUrl, selectors);
  const shown = items.map((item) => ({ title: item.title?.value ?? '', url: item.url ?? '', date: item.published }));
  return {
    url,
    selectors,
    items: shown,
    doubt: null,
    siteName: readSiteTitle(html),
    page: toConfigSelectors(selectors),
  };
}

function readSiteTitle(html: string): string | null {
  const name = findSiteName(html);
  return name === null ? null : cleanName(name) || null;
}

function toConfigSelectors(selectors: PageSelectors): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(selectors).flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
  );
}

function createNoListError(url: string): ParseError {
  const message = `${url} has no feed and no list of links. The list may be made by scripts, which are not run. Look for a feed or a sitemap of the site, or write "kind: page" with your own selectors`;
  return new ParseError('PARSE_NO_ITEMS', message);
}

/** Does not cache the robots.txt, because nothing is stored here. */
async function requireRobotsPermission(url: string, { fetcher, settings, signal }: Visit): Promise<void> {
  const request = createPlainRequest(robotsUrl(url), settings.fetch, ROBOTS_FILE);
  const answer = await fetcher.fetch(request, signal);
  const robots = readRobots(answer, new Date(0));
  if (robots === null) throw answer.kind === 'failed' ? answer.error : new FetchError('FETCH_ROBOTS', `${request.url} is unavailable`); // biome-ignore format: one throw
  if (isUrlAllowed(robots, url)) return;
  throw new FetchError('FETCH_ROBOTS', `${request.url} forbids programs to read ${url}; ask the publisher`);
}

/** Proposes a source for an address: its feed, or the list of articles of a page, JSON document or sitemap. */
import type { NewSource } from '../../config/edit/edit-list.js';
import { completeWebAddress } from '../../model/address.js';
import { FetchError, ParseError } from '../../model/errors.js';
import type { Settings } from '../../model/settings.js';
import type { RequestedSource } from './edit-sources.js';
import type { FoundFeed } from './find-feed.js';
import type { ProposedJson } from './propose-document.js';
import type { ProposedPage } from './propose-page.js';
import type { ProposedSitemap, SitemapOfAddresses } from './propose-sitemap.js';

/** `unreadable`: feeds that the page links to. */
export type FoundSource = (FoundFeed | ProposedList | ProposedSitemap) & { readonly unreadable?: readonly string[] };
export type ProposedList = (ProposedPage | ProposedJson | SitemapOfAddresses) & {
  readonly unreadable?: readonly string[];
};

export function isProposedList(found: FoundSource): found is ProposedList {
  return 'doubt' in found;
}

/** `given`: as typed. Falls back to http, as browsers do when no scheme was typed. Throws FetchError and ParseError. */
export async function proposeSource(given: string, settings: Settings, signal: AbortSignal): Promise<FoundSource> {
  const url = completeWebAddress(given) ?? given;
  return await findFeedOrPage(url, settings, signal).catch((error) => {
    if (given.includes('://') || !lacksTls(error)) throw error;
    return findFeedOrPage(url.replace('https:', 'http:'), settings, signal);
  });
}

export function toRequestedSource(found: FoundSource): RequestedSource {
  const named = ('format' in found ? found.title : found.siteName) ?? undefined;
  return { url: found.url, title: found.siteName ?? undefined, named, ...toKindKeys(found) };
}

function toKindKeys(found: FoundSource): Pick<NewSource, 'kind' | 'page' | 'json' | 'sitemap'> {
  if ('entries' in found) return { kind: 'sitemap' };
  if ('sitemap' in found) return { kind: 'sitemap', sitemap: found.sitemap };
  if ('json' in found) return { kind: 'json', json: found.json };
  return 'selectors' in found ? { kind: 'page', page: found.page } : {};
}

async function findFeedOrPage(url: string, settings: Settings, signal: AbortSignal): Promise<FoundSource> {
  const { createFetcher } = await import('../http-clients.js');
  const { findFeed, isFeedless } = await import('./find-feed.js');
  const { proposeFeedless, proposeKnown } = await import('./propose-page.js');
  const fetcher = createFetcher(settings);
  const visit = { fetcher, settings, signal };
  try {
    const known = await proposeKnown(url, visit);
    if (known !== null) return known;
    const found = await findFeed(url, visit);
    if (!isFeedless(found)) return found;
    const { unreadable, why } = found;
    const page = await proposeFeedless(found, visit).catch(toParseError);
    if ('selectors' in page && page.doubt === null) return { ...page, unreadable };
    const { proposeSitemap } = await import('./propose-sitemap.js');
    const sitemap = await proposeSitemap(found.answer.finalUrl, visit);
    if (sitemap !== null) return { ...sitemap, unreadable };
    if ('selectors' in page) return { ...page, unreadable };
    if (unreadable.length > 0) page.message = [...listUnreadableFeeds(unreadable), page.message].join('\n');
    throw why.details.is === 'challenge' ? why : page;
  } finally {
    await fetcher.close();
  }
}

function lacksTls(error: unknown): boolean {
  return error instanceof FetchError && /^(?:tls|refused)$/.test(String(error.details.reason));
}

function toParseError(error: unknown): ParseError {
  if (error instanceof ParseError) return error;
  throw error;
}

const MOST_LISTED = 5;

export function listUnreadableFeeds(unreadable: readonly string[]): string[] {
  return unreadable.slice(0, MOST_LISTED).map((feed) => `the page links to a feed that cannot be read: ${feed}`);
}

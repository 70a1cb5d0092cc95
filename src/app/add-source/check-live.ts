/** Fetches and parses every source once, without storing anything, and suggests config changes. */

import type { Resolve } from '../../fetch/agents.js';
import { type NewsloomError, ParseError } from '../../model/errors.js';
import type { FetchResult } from '../../model/fetch.js';
import type { ParsedFeed } from '../../model/item.js';
import type { Settings } from '../../model/settings.js';
import type { HostState, Source, SourceError, SourceId } from '../../model/source.js';
import { listFeeds, toFeedKey } from '../../model/source-feeds.js';
import { readByKind } from '../../parse/kinds.js';
import { HostPacing } from '../../pipeline/read/host-pacing.js';
import type { DueSource } from '../../pipeline/read/host-queue.js';
import { type ScheduledResponse, scheduleRequests } from '../../pipeline/read/request-scheduler.js';
import { checkRobots } from '../../pipeline/read/robots/robots-gate.js';
import { createRobotsFetcher } from '../../pipeline/read/robots/robots-redirects.js';
import { decideRequest } from '../../politeness/decide-request.js';
import { redactUrl } from '../../text/url/redact-url.js';
import { createFetcher } from '../http-clients.js';
import { machineClock } from '../machine-clock.js';
import { readStore } from '../open-store.js';
import { loadListedSources } from '../settings-with-listed.js';
import { findPermanentTarget, isPage, listLinkedFeeds } from './find-feed.js';

export interface CheckedSource {
  readonly id: SourceId;
  /** `held`: not requested because its host is in a Retry-After period. */
  readonly kind: 'ok' | 'failed' | 'held';
  /** Error code; null: no error. */
  readonly code: string | null;
  readonly status: number | null;
  readonly message: string;
  /** How to fix it; null: no suggestion. */
  readonly fix: string | null;
}

export interface LiveOptions {
  readonly now: Date;
  readonly signal: AbortSignal;
  readonly resolve?: Resolve | undefined;
  done(id: SourceId): void;
}

/** Keeps config order. Throws StoreError if the store, which contains Retry-After periods, cannot be read. */
export async function checkLive(settings: Settings, options: LiveOptions): Promise<CheckedSource[]> {
  const { now, signal, resolve, done } = options;
  const { hosts, sources } = await readKnownState(settings);
  const feeds = sources.flatMap(listFeeds);
  const fetcher = createFetcher(settings, { resolve });
  const checked = new Map<SourceId, CheckedSource>();
  try {
    const world = { fetcher, limits: settings.fetch, now, clock: machineClock, signal, pacing: new HostPacing() };
    const take = async ({ source }: DueSource, answer: ScheduledResponse) => {
      checked.set(toFeedKey(source), await checkAnswer(source, answer));
      done(toFeedKey(source));
    };
    const due = planRequests(feeds, hosts, now, checked);
    const { allowed, refused, memory } = await checkRobots(due, { ...world, memory: new Map() });
    for (const one of refused) await take(one.due, one.answer);
    const following = createRobotsFetcher({ ...world, memory: new Map(memory), spacingMs: settings.fetch.spacingMs });
    await scheduleRequests(allowed, { ...world, fetcher: following }, take);
    return feeds.flatMap((feed) => checked.get(toFeedKey(feed)) ?? []);
  } finally {
    await fetcher.close();
  }
}

async function readKnownState(
  settings: Settings,
): Promise<{ hosts: Map<string, HostState>; sources: readonly Source[] }> {
  return await readStore(settings.store, async (store) => {
    const { sources, lists = [] } = await loadListedSources(settings, store);
    const hosts = new Map((await store.hosts()).map((host) => [host.host, host]));
    return { hosts, sources: [...sources.filter(({ delisted }) => delisted !== true), ...lists] };
  });
}

/** Ignores the stored fetch state: requests the full document from the configured URL. */
function planRequests(
  feeds: readonly Source[],
  hosts: ReadonlyMap<string, HostState>,
  now: Date,
  checked: Map<SourceId, CheckedSource>,
): DueSource[] {
  return feeds.flatMap((source) => {
    const asking = decideRequest(null, source, hosts, now, { force: true, runEvery: null });
    if (asking.kind === 'ask') return [{ source, request: asking.request, failures: 0 }];
    checked.set(toFeedKey(source), toHeldSource(source, asking.until));
    return [];
  });
}

function toHeldSource(source: Source, until: Date): CheckedSource {
  const message = `the host asked us to wait until ${until.toISOString()}`;
  return { id: toFeedKey(source), kind: 'held', code: null, status: null, message, fix: null };
}

async function checkAnswer(source: Source, answer: ScheduledResponse): Promise<CheckedSource> {
  if (answer.kind === 'rate-limited') return toHeldSource(source, answer.until);
  if (answer.kind === 'failed') return toFailedSource(source, answer.error, answer);
  if (answer.kind === 'not-modified') return toReadableSource(source, answer, 'not modified');
  try {
    const { body, contentType, finalUrl: url } = answer;
    const feed = await readByKind(source, { body, contentType, url });
    const count = describeItemCount(feed);
    return toReadableSource(source, answer, [`${feed.format}, ${count}`, ...feed.warnings].join('; '));
  } catch (error) {
    if (error instanceof ParseError) return toFailedSource(source, error, answer);
    throw error;
  }
}

function describeItemCount({ items, list, parts }: ParsedFeed): string {
  const counted = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`;
  if (list !== undefined) return counted(list.sources.length, 'source');
  return parts === undefined ? counted(items.length, 'item') : `an index of ${counted(parts.length, 'sitemap')}`;
}

function toReadableSource(
  source: Source,
  answer: Exclude<FetchResult, { kind: 'failed' }>,
  message: string,
): CheckedSource {
  const target = findPermanentTarget(answer.hops);
  const hasMoved = target !== null && target !== source.url;
  const fix = hasMoved ? `moved permanently: change its url to ${redactUrl(target)}` : null;
  return { id: toFeedKey(source), kind: 'ok', code: null, status: answer.status, message, fix };
}

function toFailedSource(source: Source, error: NewsloomError, answer: FetchResult): CheckedSource {
  const { code, message } = error;
  const fix = suggestFix(error, answer, source.url);
  return { id: toFeedKey(source), kind: 'failed', code, status: answer.status, message, fix };
}

/** Keys are error codes or statuses; a status takes precedence. */
const FIXES: Readonly<Record<string, string>> = {
  401: 'it requires a password or key; set it in "headers"',
  404: 'the feed is not there any more; try "newsloom sources add" with the home page of the site',
  410: 'the feed was removed permanently; remove the source',
  FETCH_DNS: 'unknown host; check the spelling of its url',
  FETCH_TLS: 'invalid certificate; contact the publisher, or check whether the site has moved',
  FETCH_FORBIDDEN: 'private address; set allowPrivateAddresses for this source to allow it',
  FETCH_ROBOTS: 'forbidden by robots.txt; ask the publisher, or look for a feed of the site',
  FETCH_BLOCKED: 'the site blocks programs; ask the publisher, or look for another feed of the site',
  FETCH_RATE_LIMITED: 'the site limits requests; try a longer "every"',
  FETCH_TOO_LARGE: 'raise fetch.maxBytes, or look for a shorter feed of the site',
  FETCH_TIMEOUT: 'slow server; raise fetch.timeout if this persists',
};

function suggestFix(error: NewsloomError, answer: FetchResult, url: string): string | null {
  if (error instanceof ParseError && isPage(error) && answer.kind === 'fresh') {
    const [feed] = listLinkedFeeds(answer).filter((each) => each.url !== url);
    if (feed !== undefined) return `the page links to a feed: change the url to ${redactUrl(feed.url)}`;
    return 'the page links to no feed; look for one on the site';
  }
  return suggestUsualFix({ code: error.code, status: answer.status });
}

export function suggestUsualFix({ code, status }: Pick<SourceError, 'code' | 'status'>): string | null {
  return FIXES[String(status)] ?? FIXES[code] ?? null;
}

/** Checks URLs against robots.txt, which is requested once per site and day within its host's pacing. */
import { FetchError } from '../../../model/errors.js';
import { createPlainRequest, type FetchFailed, type FetchRequest } from '../../../model/fetch.js';
import { isUrlAllowed, ROBOTS_FILE, readRobots, robotsUrl, type SiteRobots } from '../../../politeness/robots.js';
import type { Store } from '../../../ports/store/store.js';
import { redactUrl } from '../../../text/url/redact-url.js';
import { type DueSource, queueKey } from '../host-queue.js';
import type { SchedulerDeps } from '../request-scheduler.js';
import { fetchSiteFiles, loadSiteFiles, saveSiteFiles } from './site-files.js';

/** Robots.txt results by URL of the robots.txt. */
export type RobotsMemory = ReadonlyMap<string, SiteRobots>;

export interface RobotsGateDeps extends SchedulerDeps {
  /** Stored results. */
  readonly memory: RobotsMemory;
}

export interface Gated<A> {
  /** Allowed, or unknown because the host asked us to wait. */
  readonly allowed: readonly A[];
  /** Forbidden by robots.txt, or robots.txt is unavailable, with the failed response. */
  readonly refused: readonly { readonly due: A; readonly answer: FetchFailed }[];
  /** Results to store. */
  readonly memory: RobotsMemory;
}

/** Rejects with the signal's reason or an error of the fetcher. */
export async function checkRobots<A extends DueSource>(
  due: readonly A[],
  { memory, ...deps }: RobotsGateDeps,
): Promise<Gated<A>> {
  const needed = new Map(due.filter(isGated).map((one) => [robotsUrl(one.request.url), one]));
  const file = { requestOf: createRobotsRequest, meaning: readRobots };
  const { known, failed } = await fetchSiteFiles(needed, memory, file, deps);
  applyCrawlDelays(due.filter(isGated), known, deps);
  const refused = due.filter(isGated).flatMap((one) => {
    const answer = findRefusal(one.request, known, failed);
    return answer === null ? [] : [{ due: one, answer }];
  });
  const out = new Set<A>(refused.map((one) => one.due));
  return { allowed: due.filter((one) => !out.has(one)), refused, memory: known };
}

/** Applies crawl delays, also after the robots.txt request itself. */
function applyCrawlDelays(due: readonly DueSource[], known: RobotsMemory, { pacing, clock }: SchedulerDeps): void {
  for (const { request } of due) {
    const delay = 1000 * (known.get(robotsUrl(request.url))?.delay ?? 0);
    const host = queueKey(request.url);
    if (delay === 0 || pacing === undefined) continue;
    pacing.delays.set(host, delay);
    if (pacing.openAt.has(host)) pacing.openAt.set(host, Math.max(pacing.openAt.get(host)!, clock.elapsed() + delay));
  }
}

function isGated({ source, request, robots = source.reading?.robots }: DueSource): boolean {
  return robots === true && /^https?:/i.test(request.url);
}

/** Omits the source's own headers. */
export function createRobotsRequest(
  url: string,
  { secrets, ...from }: Pick<FetchRequest, 'proxy' | 'allowPrivateAddresses' | 'secrets'>,
): FetchRequest {
  return { ...createPlainRequest(url, from, ROBOTS_FILE), ...(secrets && { secrets }) };
}

/** null: allowed or unknown. */
export function findRefusal(
  { url }: Pick<FetchRequest, 'url'>,
  known: RobotsMemory,
  failed: ReadonlyMap<string, FetchFailed>,
): FetchFailed | null {
  const robots = known.get(robotsUrl(url));
  if (robots === undefined) return failed.get(robotsUrl(url)) ?? null;
  return isUrlAllowed(robots, url) ? null : createForbiddenFailure(url);
}

/** Builds a failed response without a request. */
function createForbiddenFailure(url: string): FetchFailed {
  const message = `${redactUrl(robotsUrl(url))} forbids programs to read ${redactUrl(url)}; ask the publisher, or use another page of the site`;
  const error = new FetchError('FETCH_ROBOTS', message, { details: { reason: 'robots' } });
  return { kind: 'failed', error, status: null, headers: {}, hops: [], finalUrl: url, wireBytes: 0 };
}

const STORE_KEY = 'robots';

export function loadRobots(store: Pick<Store, 'meta'>): Promise<RobotsMemory> {
  return loadSiteFiles(store, STORE_KEY);
}

export type RobotsStore = Pick<Store, 'meta' | 'saveMeta'>;

export function saveRobots(store: RobotsStore, memory: RobotsMemory): Promise<void> {
  return saveSiteFiles(store, STORE_KEY, memory);
}

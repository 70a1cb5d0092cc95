/** Asks the robots.txt of sites before what they do not offer to programs is asked for: one request a site and day, in its host's pacing. */
import { FetchError } from '../../../model/errors.js';
import { type FetchFailed, type FetchRequest, plainRequest } from '../../../model/fetch.js';
import { allows, ROBOTS_FILE, robotsAfter, robotsUrl, type SiteRobots } from '../../../politeness/robots.js';
import type { Store } from '../../../ports/store/store.js';
import { redactUrl } from '../../../text/url/redact-url.js';
import { type DueSource, queueKey } from '../host-queue.js';
import type { SchedulerDeps } from '../request-scheduler.js';
import { askSiteFiles, loadSiteFiles, saveSiteFiles } from './site-files.js';

/** Sites and their rules, by the address of their robots.txt. */
export type RobotsMemory = ReadonlyMap<string, SiteRobots>;

export interface RobotsGateDeps extends SchedulerDeps {
  /** What was remembered. */
  readonly memory: RobotsMemory;
}

export interface Gated<A> {
  /** May be asked for, or not yet known since the host asks to be left alone. */
  readonly allowed: readonly A[];
  /** Why the others may not: robots.txt forbids it, or could not be had, with what became of asking for it. */
  readonly refused: readonly { readonly due: A; readonly answer: FetchFailed }[];
  /** To remember. */
  readonly memory: RobotsMemory;
}

/** Rejects with the signal's reason, or what the fetcher throws. */
export async function askRobots<A extends DueSource>(
  due: readonly A[],
  { memory, ...deps }: RobotsGateDeps,
): Promise<Gated<A>> {
  const needed = new Map(due.filter(isGated).map((one) => [robotsUrl(one.request.url), one]));
  const file = { requestOf: robotsRequest, meaning: robotsAfter };
  const { known, failed } = await askSiteFiles(needed, memory, file, deps);
  keepDelays(due.filter(isGated), known, deps);
  const refused = due.filter(isGated).flatMap((one) => {
    const answer = refusalOf(one.request, known, failed);
    return answer === null ? [] : [{ due: one, answer }];
  });
  const out = new Set<A>(refused.map((one) => one.due));
  return { allowed: due.filter((one) => !out.has(one)), refused, memory: known };
}

/** From now on; a robots.txt that was asked for just now was the last request. */
function keepDelays(due: readonly DueSource[], known: RobotsMemory, { pacing, clock }: SchedulerDeps): void {
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

/** Without the source's own headers: robots.txt is for everybody. */
export function robotsRequest(
  url: string,
  { secrets, ...from }: Pick<FetchRequest, 'proxy' | 'allowPrivateAddresses' | 'secrets'>,
): FetchRequest {
  return { ...plainRequest(url, from, ROBOTS_FILE), ...(secrets && { secrets }) };
}

/** null: it may be asked for, or nobody knows. */
export function refusalOf(
  { url }: Pick<FetchRequest, 'url'>,
  known: RobotsMemory,
  failed: ReadonlyMap<string, FetchFailed>,
): FetchFailed | null {
  const robots = known.get(robotsUrl(url));
  if (robots === undefined) return failed.get(robotsUrl(url)) ?? null;
  return allows(robots, url) ? null : forbidden(url);
}

/** As if it had been asked for, and had not come. */
function forbidden(url: string): FetchFailed {
  const message = `${redactUrl(robotsUrl(url))} asks programs not to read ${redactUrl(url)}: ask the publisher, or take another page of the site`;
  const error = new FetchError('FETCH_ROBOTS', message, { details: { reason: 'robots' } });
  return { kind: 'failed', error, status: null, headers: {}, hops: [], finalUrl: url, wireBytes: 0 };
}

const REMEMBERED = 'robots';

export function loadRobots(store: Pick<Store, 'meta'>): Promise<RobotsMemory> {
  return loadSiteFiles(store, REMEMBERED);
}

export function saveRobots(store: Pick<Store, 'meta' | 'saveMeta'>, memory: RobotsMemory): Promise<void> {
  return saveSiteFiles(store, REMEMBERED, memory);
}

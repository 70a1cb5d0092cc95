/** Asks sites what they let machines do with their pages: robots.txt and tdmrep.json, each once a site and day, in the turns of its host. */

import {
  isReservedAt,
  reservationsAfter,
  type SiteReservations,
  TDMREP_FILE,
  tdmrepUrl,
} from '../../politeness/reservations/tdmrep.js';
import { robotsUrl } from '../../politeness/robots.js';
import type { Store } from '../../ports/store/store.js';
import type { DueSource } from '../ingest/host-queue.js';
import { type RequestLimits, type SchedulerDeps, scheduleRequests } from '../ingest/request-scheduler.js';
import { askRobots, loadRobots, type RobotsMemory, saveRobots } from '../ingest/robots-gate.js';

export interface ReservationGateDeps extends SchedulerDeps {
  readonly limits: RequestLimits;
  readonly store: Pick<Store, 'meta' | 'saveMeta'>;
}

export interface PermittedPages<A> {
  /** What was learnt of sites. */
  readonly robots: RobotsMemory;
  readonly allowed: readonly A[];
  /** `failed`: nobody could say; it may be asked again. */
  readonly refused: readonly {
    readonly page: A;
    readonly outcome: 'robots' | 'reserved' | 'failed';
    readonly detail: string;
  }[];
}

/** Those of a host that asks to be left alone are in neither list. */
export async function askReservations<A extends DueSource>(
  pages: readonly A[],
  { limits, store, ...deps }: ReservationGateDeps,
  signal: AbortSignal,
): Promise<PermittedPages<A>> {
  const robots = await askRobots(pages, { ...deps, limits, memory: await loadRobots(store) }, signal);
  await saveRobots(store, robots.memory);
  const isLicensed = ({ request }: A) => robots.memory.get(robotsUrl(request.url))?.licensed === true;
  const known = robots.allowed.filter(({ request }) => robots.memory.has(robotsUrl(request.url)));
  const free = known.filter((page) => !isLicensed(page));
  const { sites, failed } = await askTdmrep(free, { ...deps, limits, store }, signal);
  const isReserved = ({ request: { url } }: A) => {
    const site = sites.get(tdmrepUrl(url));
    return site !== undefined && isReservedAt(site, url);
  };
  return {
    robots: robots.memory,
    allowed: free.filter((page) => sites.has(tdmrepUrl(page.request.url)) && !isReserved(page)),
    refused: [
      ...robots.refused.map(({ due: page, answer: { error } }) => {
        const outcome = error.code === 'FETCH_ROBOTS' ? ('robots' as const) : ('failed' as const);
        return { page, outcome, detail: outcome === 'robots' ? 'robots.txt' : `robots.txt: ${error.code}` };
      }),
      ...known.filter(isLicensed).map((page) => reserved(page, 'a licence for machines (RSL) in robots.txt')),
      ...free.filter(isReserved).map((page) => reserved(page, 'tdmrep.json')),
      ...free
        .filter(({ request: { url } }) => failed.has(tdmrepUrl(url)))
        .map((page) => ({
          page,
          outcome: 'failed' as const,
          detail: `tdmrep.json: ${failed.get(tdmrepUrl(page.request.url))}`,
        })),
    ],
  };
}

function reserved<A>(page: A, detail: string) {
  return { page, outcome: 'reserved' as const, detail };
}

const REMEMBERED = 'tdmrep';

/** `failed`: codes of those that could not be had. */
async function askTdmrep(
  pages: readonly DueSource[],
  { limits, store, ...deps }: ReservationGateDeps,
  signal: AbortSignal,
): Promise<{ sites: ReadonlyMap<string, SiteReservations>; failed: ReadonlyMap<string, string> }> {
  const saved: [string, SiteReservations][] = JSON.parse((await store.meta(REMEMBERED)) ?? '[]');
  const sites = new Map(saved.filter(([, { until }]) => Date.parse(until) > deps.now.getTime()));
  const failed = new Map<string, string>();
  const needed = new Map(pages.map((page) => [tdmrepUrl(page.request.url), page]));
  const missing = [...needed].filter(([url]) => !sites.has(url)).map(([url, page]) => asking(url, page));
  await scheduleRequests(
    missing,
    limits,
    deps,
    async ({ request: { url } }, answer) => {
      if (answer.kind === 'rate-limited') return;
      const site = reservationsAfter(answer, deps.now);
      if (site !== null) sites.set(url, site);
      else if (answer.kind === 'failed') failed.set(url, answer.error.code);
    },
    signal,
  );
  await store.saveMeta(REMEMBERED, JSON.stringify([...sites].sort(([a], [b]) => (a < b ? -1 : 1))));
  return { sites, failed };
}

function asking(url: string, { source, request: { proxy, allowPrivateAddresses } }: DueSource): DueSource {
  const request = { url, validators: null, headers: {}, proxy, allowPrivateAddresses, file: TDMREP_FILE };
  return { source: { ...source, url }, request, failures: 0 };
}

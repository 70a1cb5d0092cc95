/** Asks the `tdmrep.json` of sites, in the turns of their hosts, and remembers what they say. */
import {
  reservationsAfter,
  type SiteReservations,
  TDMREP_FILE,
  tdmrepUrl,
} from '../../politeness/reservations/tdmrep.js';
import type { Store } from '../../ports/store/store.js';
import type { DueSource } from '../ingest/host-queue.js';
import { type RequestLimits, type SchedulerDeps, scheduleRequests } from '../ingest/request-scheduler.js';

export interface TdmrepGateDeps extends SchedulerDeps {
  readonly limits: RequestLimits;
  readonly store: Pick<Store, 'meta' | 'saveMeta'>;
}

const REMEMBERED = 'tdmrep';

/** What sites said, by the address of the file; some may be out of date. */
export async function knownReservations(store: Pick<Store, 'meta'>): Promise<ReadonlyMap<string, SiteReservations>> {
  const saved: [string, SiteReservations][] = JSON.parse((await store.meta(REMEMBERED)) ?? '[]');
  return new Map(saved);
}

/** Asks for the files of sites, each once a day. `failed`: codes of those that could not be had. */
export async function askTdmrep(
  pages: readonly DueSource[],
  { limits, store, ...deps }: TdmrepGateDeps,
  signal: AbortSignal,
): Promise<{ sites: ReadonlyMap<string, SiteReservations>; failed: ReadonlyMap<string, string> }> {
  const saved = await knownReservations(store);
  const sites = new Map([...saved].filter(([, { until }]) => Date.parse(until) > deps.now.getTime()));
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

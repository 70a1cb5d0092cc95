/** Requests and stores the `tdmrep.json` of sites, with their hosts' pacing. */
import { type FetchFailed, type FetchRequest, plainRequest } from '../../../model/fetch.js';
import { reservationsAfter, type SiteReservations, TDMREP_FILE, tdmrepUrl } from '../../../politeness/tdmrep.js';
import type { Store } from '../../../ports/store/store.js';
import type { DueSource } from '../host-queue.js';
import type { SchedulerDeps } from '../request-scheduler.js';
import { askSiteFiles, loadSiteFiles, saveSiteFiles } from './site-files.js';

export interface TdmrepGateDeps extends SchedulerDeps {
  readonly store: Pick<Store, 'meta' | 'saveMeta'>;
}

const REMEMBERED = 'tdmrep';

/** Stored reservations by URL of the file; some may be expired. */
export function knownReservations(store: Pick<Store, 'meta'>): Promise<ReadonlyMap<string, SiteReservations>> {
  return loadSiteFiles(store, REMEMBERED);
}

/** Requests each file at most once a day. `failed`: failed requests. */
export async function askTdmrep(
  pages: readonly DueSource[],
  { store, ...deps }: TdmrepGateDeps,
): Promise<{ sites: ReadonlyMap<string, SiteReservations>; failed: ReadonlyMap<string, FetchFailed> }> {
  const needed = new Map(pages.map((page) => [tdmrepUrl(page.request.url), page]));
  const file = {
    requestOf: (url: string, from: FetchRequest) => plainRequest(url, from, TDMREP_FILE),
    meaning: reservationsAfter,
  };
  const { known, failed } = await askSiteFiles(needed, await knownReservations(store), file, deps);
  await saveSiteFiles(store, REMEMBERED, known);
  return { sites: known, failed };
}

/** Requests and stores the `tdmrep.json` of sites, with their hosts' pacing. */
import { createPlainRequest, type FetchFailed, type FetchRequest } from '../../../model/fetch.js';
import { readReservations, type SiteReservations, TDMREP_FILE, tdmrepUrl } from '../../../politeness/tdmrep.js';
import type { Store } from '../../../ports/store/store.js';
import type { DueSource } from '../host-queue.js';
import type { SchedulerDeps } from '../request-scheduler.js';
import { fetchSiteFiles, loadSiteFiles, saveSiteFiles } from './site-files.js';

export interface TdmrepGateDeps extends SchedulerDeps {
  readonly store: Pick<Store, 'meta' | 'saveMeta'>;
}

const STORE_KEY = 'tdmrep';

/** Stored reservations by URL of the file; some may be expired. */
export function loadReservations(store: Pick<Store, 'meta'>): Promise<ReadonlyMap<string, SiteReservations>> {
  return loadSiteFiles(store, STORE_KEY);
}

/** Requests each file at most once a day. `failed`: failed requests. */
export async function fetchReservations(
  pages: readonly DueSource[],
  { store, ...deps }: TdmrepGateDeps,
): Promise<{ sites: ReadonlyMap<string, SiteReservations>; failed: ReadonlyMap<string, FetchFailed> }> {
  const needed = new Map(pages.map((page) => [tdmrepUrl(page.request.url), page]));
  const file = {
    requestOf: (url: string, from: FetchRequest) => createPlainRequest(url, from, TDMREP_FILE),
    meaning: readReservations,
  };
  const { known, failed } = await fetchSiteFiles(needed, await loadReservations(store), file, deps);
  await saveSiteFiles(store, STORE_KEY, known);
  return { sites: known, failed };
}

/** Asks the `tdmrep.json` of sites, paced as their hosts, and remembers what they say. */
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

/** What sites said, by the address of the file; some may be out of date. */
export function knownReservations(store: Pick<Store, 'meta'>): Promise<ReadonlyMap<string, SiteReservations>> {
  return loadSiteFiles(store, REMEMBERED);
}

/** Asks for the files of sites, each once a day. `failed`: those that could not be had. */
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

/** Asks sites what they let machines do with their pages: robots.txt and tdmrep.json, each once a site and day, paced as its host. */

import { robotsUrl } from '../../../politeness/robots.js';
import { isReservedAt, tdmrepUrl } from '../../../politeness/tdmrep.js';
import type { DueSource } from '../../read/host-queue.js';
import { askRobots, loadRobots, type RobotsMemory, saveRobots } from '../../read/robots/robots-gate.js';
import { askTdmrep, type TdmrepGateDeps } from '../../read/robots/tdmrep-gate.js';

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
  { store, ...deps }: TdmrepGateDeps,
): Promise<PermittedPages<A>> {
  const robots = await askRobots(pages, { ...deps, memory: await loadRobots(store) });
  await saveRobots(store, robots.memory);
  const isLicensed = ({ request }: A) => robots.memory.get(robotsUrl(request.url))?.licensed === true;
  const known = robots.allowed.filter(({ request }) => robots.memory.has(robotsUrl(request.url)));
  const free = known.filter((page) => !isLicensed(page));
  const { sites, failed } = await askTdmrep(free, { ...deps, store });
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
          detail: `tdmrep.json: ${failed.get(tdmrepUrl(page.request.url))!.error.code}`,
        })),
    ],
  };
}

function reserved<A>(page: A, detail: string) {
  return { page, outcome: 'reserved' as const, detail };
}

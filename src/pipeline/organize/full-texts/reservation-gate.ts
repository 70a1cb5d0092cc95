/** Checks whether sites permit machine reading: polls robots.txt and tdmrep.json once a day, paced per host. */

import { robotsUrl } from '../../../politeness/robots.js';
import { isPathReserved, tdmrepUrl } from '../../../politeness/tdmrep.js';
import type { DueSource } from '../../read/host-queue.js';
import { checkRobots, loadRobots, type RobotsMemory, saveRobots } from '../../read/robots/robots-gate.js';
import { fetchReservations, type TdmrepGateDeps } from '../../read/robots/tdmrep-gate.js';

export interface PermittedPages<A> {
  readonly robots: RobotsMemory;
  readonly allowed: readonly A[];
  readonly refused: readonly RefusedPage<A>[];
}

interface RefusedPage<A> {
  readonly page: A;
  /** `failed`: no valid response; can be retried. */
  readonly outcome: 'robots' | 'reserved' | 'failed';
  readonly detail: string;
}

/** Omits pages of hosts that requested a delay. */
export async function checkReservations<A extends DueSource>(
  pages: readonly A[],
  { store, ...deps }: TdmrepGateDeps,
): Promise<PermittedPages<A>> {
  const robots = await checkRobots(pages, { ...deps, memory: await loadRobots(store) });
  await saveRobots(store, robots.memory);
  const isLicensed = ({ request }: A) => robots.memory.get(robotsUrl(request.url))?.licensed === true;
  const known = robots.allowed.filter(({ request }) => robots.memory.has(robotsUrl(request.url)));
  const free = known.filter((page) => !isLicensed(page));
  const { sites, failed } = await fetchReservations(free, { ...deps, store });
  const isReserved = ({ request: { url } }: A) => {
    const site = sites.get(tdmrepUrl(url));
    return site !== undefined && isPathReserved(site, url);
  };
  return {
    robots: robots.memory,
    allowed: free.filter((page) => sites.has(tdmrepUrl(page.request.url)) && !isReserved(page)),
    refused: [
      ...robots.refused.map(({ due, answer: { error } }) =>
        error.code === 'FETCH_ROBOTS'
          ? toRefused(due, 'robots', 'robots.txt')
          : toRefused(due, 'failed', `robots.txt: ${error.code}`),
      ),
      ...known.filter(isLicensed).map((page) => toRefused(page, 'reserved', 'RSL licence in robots.txt')),
      ...free.filter(isReserved).map((page) => toRefused(page, 'reserved', 'tdmrep.json')),
      ...free.flatMap((page) => {
        const failure = failed.get(tdmrepUrl(page.request.url));
        return failure === undefined ? [] : toRefused(page, 'failed', `tdmrep.json: ${failure.error.code}`);
      }),
    ],
  };
}

function toRefused<A>(page: A, outcome: RefusedPage<A>['outcome'], detail: string): RefusedPage<A> {
  return { page, outcome, detail };
}

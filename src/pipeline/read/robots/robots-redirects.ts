/** Follows redirects that robots.txt of the target allows. Requests each robots.txt once, with its host's pacing. */
import { FetchError } from '../../../model/errors.js';
import {
  type FetchFailed,
  type FetchRequest,
  type FetchResult,
  type Hop,
  isNotFollowed,
} from '../../../model/fetch.js';
import { isSiteFileCurrent, readRobots, robotsUrl, type SiteRobots } from '../../../politeness/robots.js';
import type { Clock } from '../../../ports/clock.js';
import type { Fetcher } from '../../../ports/fetcher.js';
import { redactUrl } from '../../../text/url/redact-url.js';
import type { HostPacing } from '../host-pacing.js';
import { type DueSource, queueKey } from '../host-queue.js';
import { scheduleRequests, type TakeResponse } from '../request-scheduler.js';
import { createRobotsRequest, findRefusal, type RobotsGateDeps, type RobotsStore, saveRobots } from './robots-gate.js';

export interface RobotsRedirectDeps {
  readonly fetcher: Pick<Fetcher, 'fetch'>;
  /** Robots.txt results by URL. New results are added. */
  readonly memory: Map<string, SiteRobots>;
  readonly pacing: HostPacing;
  readonly spacingMs: number;
  readonly now: Date;
  readonly clock: Clock;
}

/** Requests pages that robots.txt allows, follows redirects on the same condition, and saves what robots.txt said. */
export async function requestAllowed<A extends DueSource>(
  pages: readonly A[],
  { memory: known, store, ...deps }: RobotsGateDeps & { pacing: HostPacing; store: RobotsStore },
  take: TakeResponse<A>,
): Promise<void> {
  const memory = new Map(known);
  const fetcher = createRobotsFetcher({ ...deps, memory, spacingMs: deps.limits.spacingMs });
  await scheduleRequests(pages, { ...deps, fetcher }, take).finally(() => saveRobots(store, memory));
}

/** Redirects per request. */
const MOST_REDIRECTS = 5;

/** Passes other requests through unchanged. */
export function createRobotsFetcher(deps: RobotsRedirectDeps): Pick<Fetcher, 'fetch'> {
  const asked = new Map<string, Promise<FetchFailed | null>>();
  const refusal = async (request: FetchRequest, signal: AbortSignal): Promise<FetchFailed | null> => {
    const url = robotsUrl(request.url);
    const asking = asked.get(url) ?? fetchRobots(url, request, deps, signal);
    asked.set(url, asking);
    const failed = await asking;
    return failed ?? findRefusal(request, deps.memory, new Map());
  };
  return {
    fetch: async (request, signal, room) => {
      let answer = await deps.fetcher.fetch(request, signal, room);
      for (let followed = 0; isNotFollowed(answer); followed++) {
        const { hops } = answer;
        if (followed === MOST_REDIRECTS) return createTooManyRedirects(answer, request.url);
        const next = createRedirectRequest(answer.finalUrl, request);
        const refused = await refusal(next, signal);
        if (refused !== null) return { ...refused, hops, finalUrl: next.url };
        await waitTurn(next.url, deps, signal);
        answer = toFinalAnswer(hops, await deps.fetcher.fetch(next, signal, room));
      }
      return answer;
    },
  };
}

/** Sends the source's headers only to its own origin. */
function createRedirectRequest(url: string, request: FetchRequest): FetchRequest {
  const isOwn = new URL(url).origin === new URL(request.url).origin;
  return { ...request, url, headers: isOwn ? request.headers : {} };
}

function toFinalAnswer(hops: readonly Hop[], answer: FetchResult): FetchResult {
  return { ...answer, hops: [...hops, ...answer.hops] };
}

/** null: available, or stored. */
async function fetchRobots(
  url: string,
  request: FetchRequest,
  deps: RobotsRedirectDeps,
  signal: AbortSignal,
): Promise<FetchFailed | null> {
  const { memory, fetcher, now } = deps;
  const known = memory.get(url);
  if (known !== undefined && isSiteFileCurrent(known, now)) return null;
  await waitTurn(url, deps, signal);
  const answer = await fetcher.fetch(createRobotsRequest(url, request), signal);
  const robots = readRobots(answer, now);
  if (robots === null) return answer.kind === 'failed' ? answer : null;
  memory.set(url, robots);
  if (robots.delay !== undefined) deps.pacing.delays.set(queueKey(url), robots.delay * 1000);
  return null;
}

/** Waits until the host's next time slot and reserves it. */
async function waitTurn(
  url: string,
  { pacing, clock, spacingMs }: RobotsRedirectDeps,
  signal: AbortSignal,
): Promise<void> {
  const host = queueKey(url);
  const at = Math.max(pacing.openAt.get(host) ?? 0, clock.elapsed());
  pacing.openAt.set(host, at + Math.max(spacingMs, pacing.delays.get(host) ?? 0));
  if (at > clock.elapsed()) await clock.sleep(at - clock.elapsed(), signal);
}

function createTooManyRedirects(answer: FetchFailed, url: string): FetchFailed {
  const message = `${redactUrl(url)} redirects more than ${MOST_REDIRECTS} times`;
  return { ...answer, error: new FetchError('FETCH_REDIRECT', message, { details: { reason: 'too-many' } }) };
}

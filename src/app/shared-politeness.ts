/** Makes the sites of a machine polite together: one pacing per host, one Retry-After, one request for a robots.txt. */
import { FetchError } from '../model/errors.js';
import { type FetchFailed, type FetchRequest, type FetchResult, HELD_ELSEWHERE } from '../model/fetch.js';
import { createHostHold } from '../politeness/after-fetch.js';
import { coolDownHost, findHostHold } from '../politeness/hosts.js';
import { readRobots, robotsUrl } from '../politeness/robots.js';
import type { Fetcher } from '../ports/fetcher.js';
import { openSharedHosts, type SharedHosts } from '../store/sqlite/shared-hosts.js';
import { redactUrl } from '../text/url/redact-url.js';
import { machineClock } from './machine-clock.js';

/** Milliseconds for which sites use one robots.txt response. Each then keeps it for up to a day. */
const ROBOTS_FRESH = 3_600_000;

/** Uses the machine's time, because sites may have different times of their runs. Rejects with StoreError. */
export async function openSharedFetcher(fetcher: Fetcher, path: string, spacingMs: number): Promise<Fetcher> {
  const hosts = await openSharedHosts(path);
  return {
    fetch: async (request, signal, room) => {
      const { hostname } = new URL(request.url);
      if (hostname === '') return await fetcher.fetch(request, signal, room); // a file
      const known = isRobots(request) ? await hosts.findFile(request.url, new Date(Date.now() - ROBOTS_FRESH)) : null;
      const held = known ?? (await waitForTurn(request.url, hosts, spacingMs, signal));
      if (held !== null) return held;
      const answer = await fetcher.fetch(request, signal, room);
      await recordAnswer(request, answer, hosts);
      return answer;
    },
    close: async () => {
      hosts.close();
      await fetcher.close();
    },
  };
}

function isRobots({ url }: FetchRequest): boolean {
  return url === robotsUrl(url);
}

/** Resolves with null when the request may be sent, or with a failure if the host asked another site to wait. */
async function waitForTurn(
  url: string,
  hosts: SharedHosts,
  spacingMs: number,
  signal: AbortSignal,
): Promise<FetchFailed | null> {
  for (;;) {
    signal.throwIfAborted();
    const now = new Date();
    const until = findHostHold(url, hosts.listHolds(now), now);
    if (until !== null) return createHeldAnswer(url, until, now);
    const wait = hosts.claim(new URL(url).hostname, spacingMs, now);
    if (wait === 0) return null;
    await machineClock.sleep(wait, signal);
  }
}

function createHeldAnswer(url: string, until: Date, now: Date): FetchFailed {
  const headers = { 'retry-after': String(Math.ceil((until.getTime() - now.getTime()) / 1000)) };
  const message = `${redactUrl(url)}: its host asked another site on this machine to wait until ${until.toISOString()}`;
  const error = new FetchError('FETCH_RATE_LIMITED', message, { details: { reason: HELD_ELSEWHERE } });
  return { kind: 'failed', error, status: 429, headers, hops: [], finalUrl: url, wireBytes: 0 };
}

async function recordAnswer(request: FetchRequest, answer: FetchResult, hosts: SharedHosts): Promise<void> {
  const { url } = request;
  const now = new Date();
  const hold = answer.kind === 'failed' ? createHostHold({ id: '', url }, answer, 0, now) : null;
  if (hold?.host === coolDownHost(url)) hosts.saveHold(hold, now);
  const robots = isRobots(request) ? readRobots(answer, now) : null;
  if (robots === null) return;
  await hosts.saveFile(url, answer, now);
  hosts.saveDelay(new URL(url).hostname, (robots.delay ?? 0) * 1000);
}

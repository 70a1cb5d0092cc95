/** Schedules requests: total concurrency, concurrency and spacing per host, each address once. */
import { setMaxListeners } from 'node:events';
import { type FetchResult, HELD_ELSEWHERE, type RateLimited } from '../../model/fetch.js';
import { createHostHold } from '../../politeness/after-fetch.js';
import { findHostHold, toServerKey } from '../../politeness/hosts.js';
import type { Clock } from '../../ports/clock.js';
import type { Fetcher, RoomForLarge } from '../../ports/fetcher.js';
import { Semaphore } from '../facts/semaphore.js';
import { HostPacing } from './host-pacing.js';
import { createHostQueues, type DueSource, queueKey, type SharedRequest } from './host-queue.js';

/** Bytes of large documents in memory, from reception until they are ingested or handed over. */
const LARGE_BYTES = 10_000_000;
/** Concurrent addresses of one site, even across hosts. */
const PER_SITE = 32;

export type ScheduledResponse = FetchResult | RateLimited;

export interface RequestLimits {
  /** Concurrent addresses, from the request until the response is ingested. */
  readonly concurrency: number;
  readonly perHost: number;
  /** Milliseconds between request starts on one host. */
  readonly spacingMs: number;
}

export interface SchedulerDeps {
  readonly fetcher: Pick<Fetcher, 'fetch'>;
  readonly limits: RequestLimits;
  readonly now: Date;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Missing: no earlier requests. */
  readonly pacing?: HostPacing;
  /** Places shared with other requests; missing: `limits.concurrency` places. */
  readonly places?: Pick<RequestPlaces, 'acquire' | 'largeBytes'>;
  /** In the milliseconds of `Clock.elapsed`: later requests are dropped. */
  readonly beginUntil?: number;
}

export type TakeResponse<A> = (due: A, response: ScheduledResponse) => Promise<void>;

/**
 * Requests each address once and passes the response to `take` for each of its sources, in sequence. Queueing does not
 * count towards timeouts. Rejects with the first error or the signal's reason, once nothing is in progress.
 */
export function scheduleRequests<A extends DueSource>(
  due: readonly A[],
  deps: SchedulerDeps,
  take: TakeResponse<A>,
): Promise<void> {
  return new RequestScheduler(deps, take).run(due);
}

class RequestScheduler<A extends DueSource> {
  readonly #pacing: HostPacing;
  readonly #places: Pick<RequestPlaces, 'acquire' | 'largeBytes'>;
  readonly #failed = new AbortController();
  readonly #ending: AbortSignal;

  constructor(
    private readonly deps: SchedulerDeps,
    private readonly take: TakeResponse<A>,
  ) {
    this.#pacing = deps.pacing ?? new HostPacing();
    this.#places = deps.places ?? new RequestPlaces(deps.limits.concurrency);
    this.#ending = AbortSignal.any([deps.signal, this.#failed.signal]);
    setMaxListeners(0, this.#ending); // one listener per host
  }

  async run(due: readonly A[]): Promise<void> {
    await Promise.all(createHostQueues(due).map((queue) => this.#requestHost(queue)));
    if (this.#ending.aborted) throw this.#ending.reason;
  }

  async #requestHost(queue: readonly SharedRequest<A>[]): Promise<void> {
    const { limits, clock, beginUntil = Number.POSITIVE_INFINITY } = this.deps;
    const connections = new Semaphore(limits.perHost);
    const inProgress: Promise<void>[] = [];
    const host = queueKey(queue[0]!.request.url);
    for (const shared of queue) {
      const { url } = shared.request;
      await connections.acquire();
      const wait = (this.#pacing.openAt.get(host) ?? 0) - clock.elapsed();
      if (wait > 0) await clock.sleep(wait, this.#ending);
      const place = await this.#places.acquire(url);
      const until = findHostHold(url, this.#pacing.coolDowns, this.deps.now);
      if (until === null && clock.elapsed() >= beginUntil) {
        place.release();
        connections.release();
        continue;
      }
      if (until === null) this.#keepSpacing(host);
      const room = this.#places.largeBytes.onDemand();
      const response = until === null ? this.#request(shared, room.acquire) : createRateLimited(until);
      const taken = this.#takeResponse(
        shared,
        response.finally(() => connections.release()),
      );
      inProgress.push(
        taken.finally(() => {
          room.release();
          place.release();
        }),
      );
    }
    await Promise.all(inProgress);
  }

  #keepSpacing(host: string): void {
    const spacing = Math.max(this.deps.limits.spacingMs, this.#pacing.delays.get(host) ?? 0);
    this.#pacing.openAt.set(host, this.deps.clock.elapsed() + spacing);
  }

  async #request({ request, sources }: SharedRequest<A>, room: RoomForLarge): Promise<ScheduledResponse> {
    this.#ending.throwIfAborted();
    const answer = await this.deps.fetcher.fetch(request, this.#ending, room);
    for (const { source } of sources) {
      const host = answer.kind === 'failed' ? createHostHold(source, answer, 0, this.deps.now) : null;
      if (host === null) continue;
      this.#pacing.coolDowns.set(host.host, host);
      if (answer.kind === 'failed' && answer.error.details.reason === HELD_ELSEWHERE)
        return createRateLimited(host.notBefore);
    }
    return answer;
  }

  /** Never rejects: the first error aborts the others. */
  async #takeResponse({ sources }: SharedRequest<A>, pending: Promise<ScheduledResponse>): Promise<void> {
    try {
      const response = await pending;
      for (const source of sources) await this.take(source, response);
    } catch (error) {
      this.#failed.abort(error);
    }
  }
}

async function createRateLimited(until: Date): Promise<RateLimited> {
  return { kind: 'rate-limited', until };
}

export class RequestPlaces {
  readonly largeBytes = new Semaphore(LARGE_BYTES);
  readonly #all: Semaphore;
  readonly #bySite = new Map<string, Semaphore>();

  constructor(readonly size: number) {
    this.#all = new Semaphore(size);
  }

  async acquire(url: string): Promise<{ release(): void }> {
    const name = toServerKey(url);
    const site = this.#bySite.get(name) ?? new Semaphore(PER_SITE);
    this.#bySite.set(name, site);
    await site.acquire();
    await this.#all.acquire();
    return {
      release: () => {
        this.#all.release();
        site.release();
      },
    };
  }
}

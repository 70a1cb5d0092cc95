/** Schedules the requests of a run: concurrency in total and by host, spacing, each address once. */
import { setMaxListeners } from 'node:events';
import type { FetchResult, RateLimited } from '../../model/fetch.js';
import type { Concurrency } from '../../model/settings.js';
import type { HostState } from '../../model/source.js';
import { hostAfter } from '../../politeness/after-fetch.js';
import { hostHeldUntil, sharedServer } from '../../politeness/hosts.js';
import { isUnreached } from '../../politeness/outage.js';
import type { Clock } from '../../ports/clock.js';
import type { Fetcher, RoomForLarge } from '../../ports/fetcher.js';
import { Semaphore } from '../facts/semaphore.js';
import { AdaptiveConcurrency } from './adaptive-concurrency.js';
import { type DueSource, hostQueuesOf, queueKey, type SharedRequest } from './host-queue.js';

/** Bytes of large documents in memory at once, from their reception until they are ingested or handed over. */
const LARGE_BYTES = 10_000_000;

export type ScheduledResponse = FetchResult | RateLimited;

export interface RequestLimits {
  /** Addresses in progress at once, from the request until the response is ingested. */
  readonly concurrency: Concurrency;
  /** Requests to one host at once. */
  readonly perHost: number;
  /** Milliseconds between the starts of two requests to one host. */
  readonly spacingMs: number;
}

/** What a run knows of the hosts that it asked, whatever for. */
export class HostTurns {
  /** When a host may be asked again, by its name, in the milliseconds of `Clock.elapsed`. */
  readonly openAt = new Map<string, number>();
  /** Milliseconds that a host's robots.txt wishes between requests (`Crawl-delay`), where these are more than the spacing. */
  readonly delays = new Map<string, number>();
  /** Retry-After periods that arrived in this run. */
  readonly coolDowns = new Map<string, HostState>();
}

export interface SchedulerDeps {
  /** Missing: no host was asked before. */
  readonly turns?: HostTurns;
  /** Places that other requests take, too; missing: `concurrency` of them. */
  readonly places?: Pick<RequestPlaces, 'acquire' | 'note' | 'largeBytes'>;
  /** In the milliseconds of `Clock.elapsed`: no request begins later, and of what is left nothing is passed on. */
  readonly beginUntil?: number;
  readonly fetcher: Pick<Fetcher, 'fetch'>;
  /** The time of the run, for Retry-After periods. */
  readonly now: Date;
  readonly clock: Clock;
}

/**
 * Requests each address once, as soon as the limits allow, and passes the response to `take` for each source that shares it, one after
 * the other. Queueing does not count towards a request's timeout. Resolves when all are done; rejects with the first error that `take` or
 * the fetcher throws, or with the signal's reason, once nothing is in progress any more.
 */
export async function scheduleRequests<A extends DueSource>(
  due: readonly A[],
  limits: RequestLimits,
  {
    fetcher,
    now,
    clock,
    turns = new HostTurns(),
    places = new RequestPlaces(limits.concurrency, clock),
    beginUntil = Number.POSITIVE_INFINITY,
  }: SchedulerDeps,
  take: (source: A, answer: ScheduledResponse) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const failed = new AbortController();
  const ending = AbortSignal.any([signal, failed.signal]);
  setMaxListeners(0, ending); // one listener for each host
  const { coolDowns } = turns;
  const spacingOf = (host: string) => Math.max(limits.spacingMs, turns.delays.get(host) ?? 0);

  async function askHost(queue: readonly SharedRequest<A>[]): Promise<void> {
    const connections = new Semaphore(limits.perHost);
    const inWork: Promise<void>[] = [];
    for (const shared of queue) {
      await connections.acquire();
      const host = queueKey(shared.request.url);
      const wait = (turns.openAt.get(host) ?? 0) - clock.elapsed();
      if (wait > 0) await clock.sleep(wait, ending);
      const place = await places.acquire(shared.request.url);
      const until = hostHeldUntil(shared.request.url, coolDowns, now);
      if (until === null && clock.elapsed() >= beginUntil) {
        place.release();
        connections.release();
        continue;
      }
      if (until === null) turns.openAt.set(host, clock.elapsed() + spacingOf(host));
      const large = places.largeBytes.onDemand();
      const answer =
        until === null ? ask(shared, large.acquire) : Promise.resolve({ kind: 'rate-limited' as const, until });
      inWork.push(
        ingestAnswer(
          shared,
          answer.finally(() => connections.release()),
        ).finally(() => {
          large.release();
          place.release();
        }),
      );
    }
    await Promise.all(inWork);
  }

  async function ask({ request, sources }: SharedRequest<A>, room: RoomForLarge): Promise<FetchResult> {
    ending.throwIfAborted();
    const answer = await fetcher.fetch(request, ending, room);
    for (const { source } of sources) {
      const host = answer.kind === 'failed' ? hostAfter(source, answer, 0, now) : null;
      if (host !== null) coolDowns.set(host.host, host);
    }
    return answer;
  }

  /** Never rejects: the first error aborts the others. */
  async function ingestAnswer({ sources }: SharedRequest<A>, asking: Promise<ScheduledResponse>): Promise<void> {
    try {
      const answer = await asking;
      places.note(answer, sources);
      for (const source of sources) await take(source, answer);
    } catch (error) {
      failed.abort(error);
    }
  }

  await Promise.all(hostQueuesOf(due).map(askHost));
  if (ending.aborted) throw ending.reason;
}

/** Places for requests: where their number adapts, one site has no more of them than there are at least, as many hosts as it may have. */
export class RequestPlaces {
  readonly largeBytes = new Semaphore(LARGE_BYTES);
  readonly #all: Semaphore;
  readonly #bySite = new Map<string, Semaphore>();
  readonly #adaptive: AdaptiveConcurrency | null;

  constructor(concurrency: Concurrency, clock: Clock) {
    this.#adaptive = typeof concurrency === 'number' ? null : new AdaptiveConcurrency(concurrency, clock);
    this.#all = new Semaphore(typeof concurrency === 'number' ? concurrency : concurrency.least);
  }

  /** How many there are now. */
  get size(): number {
    return this.#all.size;
  }

  async acquire(url: string): Promise<{ release(): void }> {
    const site = this.#adaptive === null ? null : this.#siteOf(url, this.#adaptive.range.least);
    await site?.acquire();
    await this.#all.acquire();
    return {
      release: () => {
        this.#all.release();
        site?.release();
      },
    };
  }

  note(answer: ScheduledResponse, sources: readonly DueSource[]): void {
    if (this.#adaptive === null || answer.kind === 'rate-limited') return;
    const answeredBefore = sources.some(({ failures }) => failures === 0);
    this.#adaptive.note({
      isUnreached: answeredBefore && isUnreached(answer),
      bytes: answer.kind === 'fresh' ? answer.body.length : 0,
    });
    this.#all.resize(this.#adaptive.places);
  }

  #siteOf(url: string, most: number): Semaphore {
    const name = sharedServer(url);
    const site = this.#bySite.get(name) ?? new Semaphore(most);
    this.#bySite.set(name, site);
    return site;
  }
}

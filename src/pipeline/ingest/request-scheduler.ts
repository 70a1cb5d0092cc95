/** Whose turn it is: many sources asked at once, each host in peace, every address once in a run. Come here for anything about concurrency. */
import { setMaxListeners } from 'node:events';
import type { FetchResult } from '../../model/fetch.js';
import type { HostState } from '../../model/source.js';
import { hostAfter } from '../../politeness/after-fetch.js';
import { coolDownHost } from '../../politeness/hosts.js';
import type { Clock } from '../../ports/clock.js';
import type { Fetcher } from '../../ports/fetcher.js';
import { type DueSource, type HostQueue, hostQueuesOf, type SharedRequest } from './host-queue.js';

export type { DueSource } from './host-queue.js';

/** `held`: its host asked to be left alone while the source waited for its turn. */
export type ScheduledResponse = FetchResult | { readonly kind: 'held'; readonly until: Date };

export interface RequestLimits {
  /** Addresses in work at once, from the request until `take` is done. */
  readonly concurrency: number;
  /** Requests to one host at once. */
  readonly perHost: number;
  /** Milliseconds between the beginnings of two requests to one host. */
  readonly spacingMs: number;
}

export interface SchedulerDeps {
  readonly fetcher: Pick<Fetcher, 'fetch'>;
  /** The moment that the run counts as, for cool-downs. */
  readonly now: Date;
  readonly clock: Clock;
}

/**
 * Asks each address once, as soon as its host and a free place allow, and hands the answer to `take` for every source that shares
 * it, one after the other. Waiting for a turn takes nothing from a request's own time. Resolves when all are done; rejects with the
 * first error that `take` or the fetcher throws, or with the signal's reason, once nothing is in work any more.
 */
export function scheduleRequests<A extends DueSource>(
  asks: readonly A[],
  limits: RequestLimits,
  world: SchedulerDeps,
  take: (ask: A, answer: ScheduledResponse) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const ended = (error: unknown) => (error === undefined ? resolve() : reject(error));
    new RequestScheduler(hostQueuesOf(asks), limits, world, take, signal, ended).pump();
  });
}

class RequestScheduler<A extends DueSource> {
  #running = 0;
  #wakesAt = Number.POSITIVE_INFINITY;
  #error: unknown;
  #ended = false;
  readonly #held = new Map<string, Date>();
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;

  /** `lines` in the order in which hosts take turns. */
  constructor(
    readonly lines: Map<string, HostQueue<A>>,
    readonly limits: RequestLimits,
    readonly world: SchedulerDeps,
    readonly take: (ask: A, answer: ScheduledResponse) => Promise<void>,
    signal: AbortSignal,
    readonly onEnd: (error: unknown) => void,
  ) {
    this.#signal = AbortSignal.any([signal, this.#stop.signal]);
    // As many may listen as there are places.
    setMaxListeners(0, this.#signal);
    this.#signal.addEventListener('abort', () => this.#fail(this.#signal.reason), { once: true });
    if (this.#signal.aborted) this.#error = this.#signal.reason;
  }

  /** Starts whatever may start; called whenever something has changed. */
  pump(): void {
    while (this.#error === undefined && this.#running < this.limits.concurrency) {
      const line = this.#openLine();
      if (line === null) break;
      this.#start(line);
    }
    if (this.#running === 0 && (this.#error !== undefined || this.lines.size === 0)) this.#end();
    else if (this.#error === undefined && this.#running < this.limits.concurrency) this.#wakeLater();
  }

  #openLine(): HostQueue<A> | null {
    const now = this.world.clock.elapsed();
    for (const line of this.lines.values()) {
      if (line.active < this.limits.perHost && line.openAt <= now) return line;
    }
    return null;
  }

  /** The line goes to the end of the round; a line that is empty leaves once its last answer is here. */
  #start(line: HostQueue<A>): void {
    const turn = line.waiting.shift()!;
    this.lines.delete(line.host);
    if (line.waiting.length > 0) this.lines.set(line.host, line);
    line.active++;
    const held = this.#held.get(coolDownHost(turn.request.url));
    if (held === undefined) line.openAt = this.world.clock.elapsed() + this.limits.spacingMs;
    this.#running++;
    const answer: Promise<ScheduledResponse> =
      held === undefined ? this.#ask(turn) : Promise.resolve({ kind: 'held', until: held });
    this.#work(line, turn, answer).then(
      () => this.#done(),
      (error) => this.#done(error),
    );
  }

  async #work(line: HostQueue<A>, turn: SharedRequest<A>, asking: Promise<ScheduledResponse>): Promise<void> {
    const answer = await asking.finally(() => this.#leave(line));
    for (const ask of turn.sources) await this.take(ask, answer);
  }

  async #ask(turn: SharedRequest<A>): Promise<ScheduledResponse> {
    const answer = await this.world.fetcher.fetch(turn.request, this.#signal);
    if (answer.kind === 'failed') this.#hold(hostAfter(answer, 0, this.world.now));
    return answer;
  }

  #hold(host: HostState | null): void {
    if (host !== null) this.#held.set(host.host, host.notBefore);
  }

  #leave(line: HostQueue<A>): void {
    line.active--;
    if (line.waiting.length > 0) this.pump();
  }

  #done(error?: unknown): void {
    this.#running--;
    if (error !== undefined) this.#fail(error);
    this.pump();
  }

  #fail(error: unknown): void {
    this.#error ??= error;
    this.#stop.abort(error);
    if (this.#running === 0) this.#end();
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.onEnd(this.#error);
    this.#stop.abort();
  }

  /** One sleep at a time, unless something opens earlier. Lines that are full wake us by themselves. */
  #wakeLater(): void {
    const full = (line: HostQueue<A>) => line.active >= this.limits.perHost;
    const at = Math.min(...[...this.lines.values()].filter((line) => !full(line)).map((line) => line.openAt));
    if (at >= this.#wakesAt) return;
    this.#wakesAt = at;
    this.world.clock.sleep(at - this.world.clock.elapsed(), this.#stop.signal).then(() => {
      if (this.#wakesAt === at) this.#wakesAt = Number.POSITIVE_INFINITY;
      if (!this.#ended) this.pump();
    });
  }
}

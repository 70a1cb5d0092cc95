/** Schedules requests through fetch workers: sends them in bundles and takes responses as they arrive. */
import { BUNDLE_VERSION, type Bundle, type RemoteAnswer } from '../../model/round.js';
import { toFeedKey } from '../../model/source-feeds.js';
import { createHostHold } from '../../politeness/after-fetch.js';
import { type PlannedRequest, planRequest } from '../../politeness/bundle-asks.js';
import { BundlePlan, packBundles } from '../../politeness/bundles.js';
import { findHostHold } from '../../politeness/hosts.js';
import { isFile } from '../../politeness/schedule.js';
import type { RemoteRound } from '../../ports/rounds.js';
import { HostPacing } from './host-pacing.js';
import { createHostQueues, type DueSource, queueKey } from './host-queue.js';
import { type SchedulerDeps, scheduleRequests } from './request-scheduler.js';

/** Milliseconds between polls of an empty inbox. */
const POLL_MS = 250;

export interface RemoteSchedulerDeps extends SchedulerDeps {
  readonly remote: RemoteRound;
}

type TakeAnswer<A> = (due: A, answer: RemoteAnswer) => Promise<void>;

/** Like `scheduleRequests`. Files are read locally, and feeds already taken are not passed on again. */
export async function scheduleRemotely<A extends DueSource>(
  due: readonly A[],
  deps: RemoteSchedulerDeps,
  take: TakeAnswer<A>,
): Promise<void> {
  const taken = new Set(deps.remote.feeds.flatMap(({ feed, part }) => (part === 'taken' ? [feed] : [])));
  const left = due.filter(({ source }) => !taken.has(toFeedKey(source)));
  const files = left.filter(({ source }) => isFile(source));
  const others = left.filter(({ source }) => !isFile(source));
  const requests = new RemoteRequests(others, deps, take);
  await scheduleRequests(files, deps, take);
  await requests.run();
}

class RemoteRequests<A extends DueSource> {
  readonly #waiting: Map<string, A>;
  readonly #plan: BundlePlan<PlannedRequest>;
  readonly #pacing: HostPacing;

  constructor(
    due: readonly A[],
    private readonly deps: RemoteSchedulerDeps,
    private readonly take: TakeAnswer<A>,
  ) {
    const { remote, limits } = deps;
    const sent = new Set(remote.feeds.map(({ feed }) => feed));
    const isSent = ({ source }: A) => sent.has(toFeedKey(source));
    this.#pacing = deps.pacing ?? new HostPacing();
    this.#waiting = new Map(due.map((one) => [toFeedKey(one.source), one]));
    const findOpenTime = (url: string) => this.#pacing.openAt.get(queueKey(url)) ?? 0;
    const about = { ...limits, leaseMs: remote.leaseMs, openAt: findOpenTime };
    this.#plan = new BundlePlan(toBundles(due.filter((one) => !isSent(one))), toBundles(due.filter(isSent)), about);
  }

  async run(): Promise<void> {
    const { clock, signal, remote } = this.deps;
    const { inbox, round, until } = remote;
    while (this.#waiting.size > 0 && clock.elapsed() < until) {
      signal.throwIfAborted();
      await this.#send();
      const answers = await inbox.answers(round);
      remote.onPoll(this.#waiting.size, answers.length);
      const taken = answers.map(({ feed, answer }) => this.#takeAnswer(feed, answer));
      // Ensures that nothing is in progress when this rejects.
      await Promise.allSettled(taken);
      await Promise.all(taken);
      if (answers.length === 0) await clock.sleep(POLL_MS, signal);
    }
    signal.throwIfAborted();
    for (const feed of [...this.#waiting.keys()]) await this.#takeAnswer(feed, { kind: 'unanswered' });
  }

  /** Skips requests within a Retry-After of this round. */
  async #send(): Promise<void> {
    const { clock, now } = this.deps;
    const { inbox, round, leaseMs } = this.deps.remote;
    const open: PlannedRequest[][] = [];
    for (const piece of this.#plan.next(clock.elapsed())) {
      const held = piece.map(({ url }) => findHostHold(url, this.#pacing.coolDowns, now));
      open.push(piece.filter((_, i) => held[i] === null));
      for (const [i, { feeds }] of piece.entries())
        for (const feed of feeds)
          if (held[i] != null) await this.#takeAnswer(feed, { kind: 'rate-limited', until: held[i] });
    }
    const bundles = packBundles(open.filter((piece) => piece.length > 0));
    const of = { v: BUNDLE_VERSION, round: round.n, now: round.now.getTime() };
    if (bundles.length > 0)
      await inbox.send(
        bundles.map((asks): Bundle => ({ ...of, asks: asks.map(({ ask }) => ask) })),
        leaseMs,
      );
  }

  async #takeAnswer(feed: string, answer: RemoteAnswer): Promise<void> {
    const one = this.#waiting.get(feed);
    if (one === undefined) return;
    this.#waiting.delete(feed);
    const { clock, now } = this.deps;
    this.#pacing.openAt.set(queueKey(one.request.url), this.#plan.recordAnswer(feed, clock.elapsed()));
    const host = answer.kind === 'failed' ? createHostHold(one.source, answer, 0, now) : null;
    if (host !== null) this.#pacing.coolDowns.set(host.host, host);
    await this.take(one, answer);
  }
}

/** Failing sources last. */
function toBundles(due: readonly DueSource[]): PlannedRequest[] {
  return createHostQueues(due).flatMap((queue) => queue.map(({ request, sources }) => planRequest(request, sources)));
}

/** Asks what one bundle names, in peace and within its lease, and hands over the answers as they come. */
import { createHash } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { FetchFailed } from '../../model/fetch.js';
import type { Bundle, BundleAsk, RoundAnswer } from '../../model/round.js';
import { BUNDLE_VERSION } from '../../model/round.js';
import type { Settings } from '../../model/settings.js';
import type { Source } from '../../model/source.js';
import { feedIdOf, feedsOf } from '../../model/source-feeds.js';
import { HostPacing } from '../../pipeline/read/host-pacing.js';
import type { DueSource } from '../../pipeline/read/host-queue.js';
import { foundSource } from '../../pipeline/read/lists/listed-sources.js';
import { type SchedulerDeps, scheduleRequests } from '../../pipeline/read/request-scheduler.js';
import { followingRobots } from '../../pipeline/read/robots/robots-redirects.js';
import { foundUrl, requestOf } from '../../politeness/bundle-asks.js';
import { hostHeldUntil } from '../../politeness/hosts.js';
import { isOutage, isUnreached } from '../../politeness/outage.js';
import type { SiteRobots } from '../../politeness/robots.js';
import type { Clock } from '../../ports/clock.js';
import type { Fetcher } from '../../ports/fetcher.js';
import type { SharedAnswer } from '../../ports/rounds.js';

/**
 * `asked`: all of it · `partly`: what its lease had time for; nothing is under way any more · `old`: nothing of it waits any more ·
 * `ended`: its lease or its round ended, or this worker does · `unreached`: the network here seems to be down · `unknown`: the config here does not name one of its sources, or names it
 * with another address · `newer`: a later release sent it.
 */
export type BundleOutcome = 'asked' | 'partly' | 'old' | 'ended' | 'unreached' | 'unknown' | 'newer';

export interface Lease {
  readonly ms: number;
  /** In the milliseconds of `Clock.elapsed`: nothing is sent later, and nobody waits for an answer. */
  readonly until: number;
}

/** Of a lease: what is left for the answers to requests under way, but no more than one of them may take. */
const LAST_PART = 1 / 4;

export interface AskBundleDeps {
  readonly settings: Settings;
  readonly fetcher: Pick<Fetcher, 'fetch'>;
  /** Of all requests of this worker, each until its answer is stored: no more than these are lost with it. */
  readonly places: NonNullable<SchedulerDeps['places']>;
  readonly clock: Clock;
  readonly lease: Lease;
  /** Which feeds wait for an answer. */
  readonly waiting: (bundle: Bundle) => Promise<ReadonlySet<string>>;
  /** Resolves when it is stored, with whether the round goes on. */
  readonly save: (answer: SharedAnswer) => Promise<boolean>;
  readonly signal: AbortSignal;
}

interface AskedSource extends DueSource {
  readonly ask: BundleAsk;
}

class LeaseEnded extends Error {}

export async function askBundle(bundle: Bundle, deps: AskBundleDeps): Promise<BundleOutcome> {
  if (bundle.v > BUNDLE_VERSION) return 'newer';
  const waiting = await deps.waiting(bundle);
  const asks = bundle.asks.filter(({ feeds }) => feeds.some((feed) => waiting.has(feed)));
  if (asks.length === 0) return 'old';
  const due = dueOf(asks, deps.settings);
  if (due === null) return 'unknown';
  try {
    return await scheduleLeased(bundle, due, deps);
  } catch (error) {
    if (error instanceof LeaseEnded || deps.signal.aborted) return 'ended';
    throw error;
  }
}

/** null: one of them is not in this config. */
function dueOf(asks: readonly BundleAsk[], { sources }: Settings): AskedSource[] | null {
  const byFeed = feedsById(sources);
  const due = asks.flatMap((ask) => {
    const source = sourceOf(ask, byFeed);
    const request = source === undefined ? null : requestOf(ask, source);
    return source === undefined || request === null ? [] : [{ ask, source, request, failures: ask.failures }];
  });
  return due.length === asks.length ? due : null;
}

const known = new WeakMap<readonly Source[], ReadonlyMap<string, Source>>();

/** Made once of a config: a round of many sources has hundreds of bundles. */
function feedsById(sources: readonly Source[]): ReadonlyMap<string, Source> {
  const byId = known.get(sources) ?? new Map(sources.flatMap(feedsOf).map((source) => [feedIdOf(source), source]));
  known.set(sources, byId);
  return byId;
}

function sourceOf({ feeds, found }: BundleAsk, configured: ReadonlyMap<string, Source>): Source | undefined {
  if (found === undefined) return configured.get(feeds[0]!);
  const by = configured.get(found.by);
  return by && foundSource(by, feeds[0]!, foundUrl(found, by));
}

/**
 * The timer ends what is under way; before each request the clock is looked at, since a process that stood still serves sockets before
 * timers. Whose fault it is that sources were not reached is known at the end: this machine alone may be cut off, and takes most bundles
 * then, since nothing fails as fast.
 */
async function scheduleLeased(
  bundle: Bundle,
  due: readonly AskedSource[],
  deps: AskBundleDeps,
): Promise<'asked' | 'partly' | 'unreached'> {
  const { clock, lease } = deps;
  const answered = new Set<AskedSource>();
  const unreached: (readonly [AskedSource, FetchFailed])[] = [];
  const ending = new AbortController();
  const end = () => ending.abort(new LeaseEnded());
  const timer = setTimeout(end, Math.max(0, lease.until - clock.elapsed()));
  // `AbortSignal.any` would leave something of each bundle at the signal of the process, for as long as that lives.
  const stop = () => ending.abort(deps.signal.reason);
  setMaxListeners(0, deps.signal);
  deps.signal.addEventListener('abort', stop, { once: true });
  if (deps.signal.aborted) stop();
  // Where a machine sleeps, the monotonic clock of Linux sleeps with it (clock_gettime(2)).
  const ends = Date.now() + lease.until - clock.elapsed();
  const fetch: Fetcher['fetch'] = async (request, signal, room) => {
    if (clock.elapsed() >= lease.until || Date.now() >= ends) throw new LeaseEnded();
    return await deps.fetcher.fetch(request, signal, room);
  };
  const take = async (one: AskedSource, answer: RoundAnswer) => {
    answered.add(one);
    if (bundle.handedBack !== true && answer.kind !== 'rate-limited' && isUnreached(answer))
      unreached.push([one, answer]);
    else await save(one, answer);
  };
  const save = async ({ ask }: AskedSource, answer: RoundAnswer) => {
    if (!(await deps.save({ feeds: ask.feeds, answer: withoutKnownBody(answer, ask.bodyHash) }))) end();
  };
  const { fetch: limits } = deps.settings;
  const beginUntil = lease.until - Math.min(limits.timeoutMs, lease.ms * LAST_PART);
  const asking = { now: new Date(bundle.now), clock, pacing: new HostPacing() };
  const memory = new Map<string, SiteRobots>();
  const fetcher = followingRobots({ ...asking, fetcher: { fetch }, memory, spacingMs: limits.spacingMs });
  try {
    await scheduleRequests(
      due,
      { ...asking, limits, fetcher, places: deps.places, beginUntil, signal: ending.signal },
      take,
    );
    // What was still under way may have said how long its host is to be left alone.
    for (const one of due.filter((one) => !answered.has(one))) {
      const until = hostHeldUntil(one.request.url, asking.pacing.coolDowns, asking.now);
      if (until !== null) await take(one, { kind: 'rate-limited', until });
    }
    const failures = unreached.map(([{ failures }]) => failures);
    if (isOutage(answered.size - unreached.length, failures)) return 'unreached';
    for (const [one, answer] of unreached) await save(one, answer);
  } finally {
    clearTimeout(timer);
    deps.signal.removeEventListener('abort', stop);
  }
  return answered.size === due.length ? 'asked' : 'partly';
}

function withoutKnownBody(answer: RoundAnswer, known: string | null): RoundAnswer {
  if (answer.kind !== 'fresh') return answer;
  const bodyHash = createHash('sha256').update(answer.body).digest('hex');
  return { ...answer, bodyHash, body: bodyHash === known ? new Uint8Array() : answer.body };
}

/** Sends the requests of a bundle politely and within its lease, and passes on answers as they arrive. */
import { createHash } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { FetchFailed } from '../../model/fetch.js';
import type { Bundle, BundleRequest, RoundAnswer } from '../../model/round.js';
import { BUNDLE_VERSION } from '../../model/round.js';
import type { Settings } from '../../model/settings.js';
import type { Source } from '../../model/source.js';
import { listFeeds, toFeedKey } from '../../model/source-feeds.js';
import { HostPacing } from '../../pipeline/read/host-pacing.js';
import type { DueSource } from '../../pipeline/read/host-queue.js';
import { toFoundSource } from '../../pipeline/read/lists/listed-sources.js';
import { type SchedulerDeps, scheduleRequests } from '../../pipeline/read/request-scheduler.js';
import { createRobotsFetcher } from '../../pipeline/read/robots/robots-redirects.js';
import { restoreFoundUrl, restoreRequest } from '../../politeness/bundle-asks.js';
import { findHostHold } from '../../politeness/hosts.js';
import { isOutage, isUnanswered } from '../../politeness/outage.js';
import type { SiteRobots } from '../../politeness/robots.js';
import type { Clock } from '../../ports/clock.js';
import type { Fetcher } from '../../ports/fetcher.js';
import type { SharedAnswer } from '../../ports/rounds.js';

/**
 * `asked`: complete · `partly`: as far as the lease allowed, nothing is pending · `old`: no feed waits for an answer · `ended`: the lease,
 * the round or this worker ended · `unreached`: the network seems to be down here · `unknown`: this config lacks a source or has another
 * address for it · `newer`: sent by a later release.
 */
export type BundleOutcome = 'asked' | 'partly' | 'old' | 'ended' | 'unreached' | 'unknown' | 'newer';

export interface Lease {
  readonly ms: number;
  /** End of the lease in milliseconds of `Clock.elapsed`. Later requests are not sent, and later answers not needed. */
  readonly until: number;
}

/** Part of a lease reserved for pending requests, at most the timeout of one. */
const LAST_PART = 1 / 4;

export interface RequestBundleDeps {
  readonly settings: Settings;
  readonly fetcher: Pick<Fetcher, 'fetch'>;
  /** Limits all requests of this worker until their answers are saved, and so the answers that a crash can lose. */
  readonly places: NonNullable<SchedulerDeps['places']>;
  readonly clock: Clock;
  readonly lease: Lease;
  readonly waiting: (bundle: Bundle) => Promise<ReadonlySet<string>>;
  /** Resolves when the answer is saved, with whether the round continues. */
  readonly save: (answer: SharedAnswer) => Promise<boolean>;
  readonly signal: AbortSignal;
}

interface AskedSource extends DueSource {
  readonly ask: BundleRequest;
}

class LeaseEnded extends Error {}

export async function requestBundle(bundle: Bundle, deps: RequestBundleDeps): Promise<BundleOutcome> {
  if (bundle.v > BUNDLE_VERSION) return 'newer';
  const waiting = await deps.waiting(bundle);
  const asks = bundle.asks.filter(({ feeds }) => feeds.some((feed) => waiting.has(feed)));
  if (asks.length === 0) return 'old';
  const due = toDueSources(asks, deps.settings);
  if (due === null) return 'unknown';
  try {
    return await scheduleLeased(bundle, due, deps);
  } catch (error) {
    if (error instanceof LeaseEnded || deps.signal.aborted) return 'ended';
    throw error;
  }
}

/** null: this config lacks one of them. */
function toDueSources(asks: readonly BundleRequest[], { sources }: Settings): AskedSource[] | null {
  const byFeed = mapFeedsById(sources);
  const due = asks.flatMap((ask) => {
    const source = findAskedSource(ask, byFeed);
    const request = source === undefined ? null : restoreRequest(ask, source);
    return source === undefined || request === null ? [] : [{ ask, source, request, failures: ask.failures }];
  });
  return due.length === asks.length ? due : null;
}

const known = new WeakMap<readonly Source[], ReadonlyMap<string, Source>>();

/** Cached by config, because a round may have hundreds of bundles. */
function mapFeedsById(sources: readonly Source[]): ReadonlyMap<string, Source> {
  const byId = known.get(sources) ?? new Map(sources.flatMap(listFeeds).map((source) => [toFeedKey(source), source]));
  known.set(sources, byId);
  return byId;
}

function findAskedSource({ feeds, found }: BundleRequest, configured: ReadonlyMap<string, Source>): Source | undefined {
  if (found === undefined) return configured.get(feeds[0]!);
  const by = configured.get(found.by);
  return by && toFoundSource(by, feeds[0]!, restoreFoundUrl(found, by));
}

/**
 * A timer aborts pending requests. Each request also checks the clock, because a resumed process handles sockets before timers. Only the
 * end shows whether servers or this machine's network failed. A machine without a network fails fastest and would take most bundles.
 */
async function scheduleLeased(
  bundle: Bundle,
  due: readonly AskedSource[],
  deps: RequestBundleDeps,
): Promise<'asked' | 'partly' | 'unreached'> {
  const { clock, lease } = deps;
  const answered = new Set<AskedSource>();
  const unanswered: (readonly [AskedSource, FetchFailed])[] = [];
  const ending = new AbortController();
  const end = () => ending.abort(new LeaseEnded());
  const timer = setTimeout(end, Math.max(0, lease.until - clock.elapsed()));
  // `AbortSignal.any` would leak memory on the long-lived signal of the process.
  const stop = () => ending.abort(deps.signal.reason);
  setMaxListeners(0, deps.signal);
  deps.signal.addEventListener('abort', stop, { once: true });
  if (deps.signal.aborted) stop();
  // Linux's monotonic clock stops while the machine sleeps (clock_gettime(2)).
  const ends = Date.now() + lease.until - clock.elapsed();
  const fetch: Fetcher['fetch'] = async (request, signal, room) => {
    if (clock.elapsed() >= lease.until || Date.now() >= ends) throw new LeaseEnded();
    return await deps.fetcher.fetch(request, signal, room);
  };
  const take = async (one: AskedSource, answer: RoundAnswer) => {
    answered.add(one);
    if (bundle.handedBack !== true && answer.kind !== 'rate-limited' && isUnanswered(answer))
      unanswered.push([one, answer]);
    else await save(one, answer);
  };
  const save = async ({ ask }: AskedSource, answer: RoundAnswer) => {
    if (!(await deps.save({ feeds: ask.feeds, answer: withoutKnownBody(answer, ask.bodyHash) }))) end();
  };
  const { fetch: limits } = deps.settings;
  const beginUntil = lease.until - Math.min(limits.timeoutMs, lease.ms * LAST_PART);
  const asking = { now: new Date(bundle.now), clock, pacing: new HostPacing() };
  const memory = new Map<string, SiteRobots>();
  const fetcher = createRobotsFetcher({ ...asking, fetcher: { fetch }, memory, spacingMs: limits.spacingMs });
  try {
    await scheduleRequests(
      due,
      { ...asking, limits, fetcher, places: deps.places, beginUntil, signal: ending.signal },
      take,
    );
    // Pending requests may have received a Retry-After of their host.
    for (const one of due.filter((one) => !answered.has(one))) {
      const until = findHostHold(one.request.url, asking.pacing.coolDowns, asking.now);
      if (until !== null) await take(one, { kind: 'rate-limited', until });
    }
    const failed = new Map(unanswered);
    const failures = [...failed.keys()].map(({ request: { url }, failures }) => ({ url, failures }));
    const others = [...answered].filter((one) => !failed.has(one)).map(({ request }) => request.url);
    if (isOutage(failures, others)) return 'unreached';
    for (const [one, answer] of unanswered) await save(one, answer);
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

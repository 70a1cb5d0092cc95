/** Selects the sources that this run requests and builds their requests. */
import type { AllWait } from '../../model/report.js';
import type { Settings } from '../../model/settings.js';
import { type FetchState, type HostState, isPaused, type SourceId } from '../../model/source.js';
import { toFeedKey } from '../../model/source-feeds.js';
import { decideRequest } from '../../politeness/decide-request.js';
import { type FetchLimits, isSettingChanged } from '../../politeness/request-settings.js';
import { isPushed, isReliable } from '../../politeness/subscriptions.js';
import type { Store } from '../../ports/store/store.js';
import type { DueSource } from './host-queue.js';

export interface DueOptions {
  readonly now: Date;
  /** Requests all sources, due or not, but conditionally and never inside a Retry-After. */
  readonly force: boolean;
  /** null: all. */
  readonly only: ReadonlySet<SourceId> | null;
}

interface DueSources {
  readonly due: readonly DueSource[];
  /** null: a source is due, or none was selected. */
  readonly allWait: AllWait | null;
}

interface Waiting {
  readonly until: Date;
  /** `failed`: backing off. */
  readonly why: 'not-due' | 'failed' | 'skipped' | 'host';
}

export async function selectDueSources(
  { sources, fetch, worker }: Pick<Settings, 'sources' | 'worker'> & { readonly fetch: FetchLimits },
  states: ReadonlyMap<SourceId, FetchState>,
  store: Pick<Store, 'hosts' | 'meta' | 'saveMeta' | 'subscriptions'>,
  { now, force, only }: DueOptions,
): Promise<DueSources> {
  const runEvery = await measureRunInterval(store, now);
  const hosts = new Map((await store.hosts()).map((host: HostState) => [host.host, host]));
  const subscriptions = worker.publicUrl === null ? [] : await store.subscriptions();
  const subscribed = new Map(subscriptions.flatMap((one) => (one.state === 'left' ? [] : [[one.feedId, one]])));
  const due: DueSource[] = [];
  const waits: Waiting[] = [];
  for (const source of sources) {
    if (source.delisted === true || isPaused(source, now) || (only !== null && !only.has(source.id))) continue;
    const state = states.get(toFeedKey(source)) ?? null;
    const mended = state !== null && isSettingChanged(state, source, fetch, now);
    const subscription = subscribed.get(toFeedKey(source));
    const decision = decideRequest(state, source, hosts, now, {
      force: force || mended || isPushed(subscription, state, now),
      runEvery,
      isSubscribed: subscription !== undefined && isReliable(subscription, state?.newestArticleAt ?? null, now),
    });
    const failures = state?.failures ?? 0;
    if (decision.kind === 'ask') due.push({ ...decision, source, failures });
    else
      waits.push({ until: decision.until, why: decision.why === 'not-due' && failures > 0 ? 'failed' : decision.why });
  }
  return { due, allWait: due.length > 0 || waits.length === 0 ? null : summarizeWaits(waits) };
}

function summarizeWaits(waits: readonly Waiting[]): AllWait {
  const count = (why: Waiting['why']) => waits.filter((one) => one.why === why).length;
  return {
    until: new Date(Math.min(...waits.map(({ until }) => until.getTime()))).toISOString(),
    notDue: count('not-due'),
    failed: count('failed'),
    skipped: count('skipped'),
    host: count('host'),
  };
}

const LAST_RUN = 'last-run';
const RUN_BEFORE = 'run-before-last';

/** Minutes; null: first run, or the clock was set back. Saves the time of this run unless it resumes another one. */
async function measureRunInterval(store: Pick<Store, 'meta' | 'saveMeta'>, now: Date): Promise<number | null> {
  const noted = await store.meta(LAST_RUN);
  const goesOn = noted === now.toISOString();
  const last = goesOn ? await store.meta(RUN_BEFORE) : noted;
  if (!goesOn) {
    await store.saveMeta(RUN_BEFORE, noted);
    await store.saveMeta(LAST_RUN, now.toISOString());
  }
  const minutes = last === null ? 0 : (now.getTime() - Date.parse(last)) / 60_000;
  return minutes > 0 ? minutes : null;
}

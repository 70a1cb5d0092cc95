/** One run: who is asked, what came in, what is published, and the report of it all. */
import type { ArticleRef } from '../model/article.js';
import { NewsloomError } from '../model/errors.js';
import type { BuildReport } from '../model/report.js';
import type { FetchSettings } from '../model/settings.js';
import type { FetchState, HostState, Source, SourceFacts, SourceId } from '../model/source.js';
import { mayAsk } from '../politeness/ask.js';
import type { Clock } from '../ports/clock.js';
import type { Fetcher } from '../ports/fetcher.js';
import type { Store } from '../ports/store/store.js';
import { createCarriedArticles } from './ingest/carried-elsewhere.js';
import { type Ingested, ingest } from './ingest/ingest.js';
import { type DueSource, scheduleRequests } from './ingest/request-scheduler.js';
import { createMayWithdraw } from './ingest/withdrawal-rights.js';
import type { Tagging } from './organize/tagging.js';
import type { Read } from './reader/read-document.js';
import { count, emptyCounts, type RunCounts, reportOf } from './report.js';

export interface RunOptions {
  /** The moment that this run counts as. */
  readonly now: Date;
  /** All sources, due or not; still conditionally, and never inside a Retry-After. */
  readonly force: boolean;
  /** Other sources are not due; null: all are looked at. */
  readonly only: ReadonlySet<SourceId> | null;
  /** Asks nobody; publishes what the store holds. */
  readonly offline: boolean;
}

/** What publishing did. */
export interface Published {
  readonly files: BuildReport['files'];
  /** Whether any file but the health files differs from before. */
  readonly changed: boolean;
  readonly warnings: BuildReport['warnings'];
}

/** What the articles of the run were made into before they were published. */
export interface Organized {
  readonly stories: BuildReport['stories'];
}

export interface RunDeps {
  readonly sources: readonly Source[];
  readonly store: Store;
  readonly fetcher: Fetcher;
  readonly limits: Pick<FetchSettings, 'concurrency' | 'perHost' | 'spacingMs'>;
  readonly read: Read;
  /** Told, before the first is read, how many documents may come that were never read. */
  prepareFor(unread: number): void;
  readonly tagging: Tagging;
  readonly credits: readonly string[];
  /** Names the rules by which documents are read: see `LookDeps`. */
  readonly rules: string;
  /** Ids, tags, stories, places: between ingest and publishing. `turned`: articles that were taken back in this run, or are back again. */
  organize(states: ReadonlyMap<SourceId, SourceFacts>, turned: readonly ArticleRef[]): Promise<Organized>;
  publish(states: ReadonlyMap<SourceId, SourceFacts>, signal: AbortSignal): Promise<Published>;
  readonly clock: Clock;
  /** Told once which sources are asked, then of each that is done. */
  readonly progress: {
    start(total: number, asked: readonly SourceId[]): void;
    done(sourceId: SourceId, result: Ingested | 'held'): void;
    /** What the run had done when it could not publish, or not use the store any more; the error follows. */
    failed?(report: BuildReport): void;
  };
}

/** `kind: 'no-source'`: all were asked, none could be read, and nothing was published. */
export interface RunResult {
  readonly kind: 'published' | 'no-source';
  readonly report: BuildReport;
}

/**
 * Rejects with `StoreError` or `PublishError` where the run cannot go on (what was published stays), or with the signal's
 * reason: sources that were read by then are kept.
 */
export async function run(deps: RunDeps, options: RunOptions, signal: AbortSignal): Promise<RunResult> {
  const started = deps.clock.elapsed();
  const { tally, states } = await readAll(deps, options, signal);
  const total = deps.sources.length;
  if (total > 0 && tally.failures.length === total) {
    return {
      kind: 'no-source',
      report: await reportOf(deps, { startedAt: options.now, started, tally, settled: null, published: null }),
    };
  }
  signal.throwIfAborted();
  try {
    const settled = await deps.organize(states, tally.visibilityChanged);
    const published = await deps.publish(states, signal);
    return {
      kind: 'published',
      report: await reportOf(deps, { startedAt: options.now, started, tally, settled, published }),
    };
  } catch (error) {
    if (error instanceof NewsloomError) {
      deps.progress.failed?.(
        await reportOf(deps, { startedAt: options.now, started, tally, settled: null, published: null }),
      );
    }
    throw error;
  }
}

/** The memory of documents is let go of before stories are found: 30 MB of 5000 sources. */
async function readAll(deps: RunDeps, options: RunOptions, signal: AbortSignal) {
  const states = new Map(await deps.store.fetchStates());
  const tally = options.offline ? emptyCounts(deps.sources.length) : await ingestAll(deps, states, options, signal);
  return { tally, states: new Map([...states].map(([id, state]) => [id, factsOf(state)] as const)) };
}

function factsOf({ configuredUrl, profile, health, healthSince, newestArticleAt, error }: FetchState): SourceFacts {
  return { configuredUrl, profile, health, healthSince, newestArticleAt, error };
}

async function ingestAll(
  deps: RunDeps,
  states: Map<SourceId, FetchState>,
  options: RunOptions,
  signal: AbortSignal,
): Promise<RunCounts> {
  const tally = emptyCounts(0);
  const asks = await dueSources(deps, states, options, tally);
  deps.prepareFor(asks.filter(({ source }) => !hasBeenRead(states.get(source.id))).length);
  const carriers = createCarriedArticles(states);
  const ingestDeps = {
    ...deps,
    now: options.now,
    isCarriedElsewhere: (source: Source, ref: ArticleRef) => carriers.isCarriedElsewhere(source.id, ref),
    mayWithdraw: createMayWithdraw(deps.sources),
  };
  deps.progress.start(
    asks.length,
    asks.map(({ source }) => source.id),
  );
  const world = { ...deps, now: options.now };
  await scheduleRequests(
    asks,
    deps.limits,
    world,
    async ({ source }, answer) => {
      if (answer.kind === 'held') {
        tally.notDue++;
        deps.progress.done(source.id, 'held');
        return;
      }
      const result = await ingest(source, states.get(source.id) ?? null, answer, ingestDeps);
      states.set(source.id, result.state);
      carriers.update(result.state);
      if (result.host !== null) await deps.store.saveHosts([result.host]);
      count(tally, source.id, result);
      deps.progress.done(source.id, result);
    },
    signal,
  );
  return tally;
}

function hasBeenRead(state: FetchState | undefined): boolean {
  return state !== undefined && state.lastRead.length > 0;
}

async function dueSources(
  deps: RunDeps,
  states: ReadonlyMap<SourceId, FetchState>,
  options: RunOptions,
  tally: RunCounts,
): Promise<DueSource[]> {
  const runEvery = await sinceLastRun(deps.store, options.now);
  const hosts = new Map((await deps.store.hosts()).map((host: HostState) => [host.host, host]));
  const asks: DueSource[] = [];
  for (const source of deps.sources) {
    const state = states.get(source.id) ?? null;
    const left = options.only !== null && !options.only.has(source.id);
    const asking = left ? null : mayAsk(state, source, hosts, options.now, { force: options.force, runEvery });
    if (asking?.kind !== 'ask') tally.notDue++;
    else asks.push({ source, request: asking.request, failures: state?.failures ?? 0 });
  }
  return asks;
}

const LAST_RUN = 'last-run';

/** Minutes since the run before this one; null: there was none, or clocks went back. Notes this one. */
async function sinceLastRun(store: Store, now: Date): Promise<number | null> {
  const last = await store.meta(LAST_RUN);
  await store.saveMeta(LAST_RUN, now.toISOString());
  const minutes = last === null ? 0 : (now.getTime() - Date.parse(last)) / 60_000;
  return minutes > 0 ? minutes : null;
}

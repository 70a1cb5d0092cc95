/** Opens a site with its locked store. Other files of `app/` contain commands that need no lock. */
import { ConfigError } from '../model/errors.js';
import type { Settings } from '../model/settings.js';
import type { FetchState, SourceHealth, SourceId } from '../model/source.js';
import { listFeeds, toFeedKey } from '../model/source-feeds.js';
import { publishInterruptedBackfill } from '../pipeline/publish-backfill.js';
import { expandListedSources } from '../pipeline/read/lists/listed-sources.js';
import { type RunResult, run } from '../pipeline/run.js';
import { resolveState } from '../politeness/decide-request.js';
import type { Sink } from '../ports/sink.js';
import type { Store } from '../ports/store/store.js';
import { createHubCallbacks, type HubCallbacks, keepSubscriptions } from './hub-callbacks.js';
import { openOrRestore } from './open-or-restore.js';
import { openSink } from './open-sink.js';
import { PublisherRounds } from './rounds/publisher-rounds.js';
import { type RunSiteOptions, RunTools, truncateToSeconds } from './run-tools.js';
import { loadListedSources } from './settings-with-listed.js';
import { noteUnpublished } from './status/unpublished.js';

/** A site with an open store, locked until `close`. Runs one at a time. */
export class OpenSite {
  readonly hubs: HubCallbacks;
  #tools: RunTools | null = null;
  readonly #rounds: PublisherRounds;
  #firstSink: { readonly sink: Sink; readonly publish: Settings['publish'] } | null;

  constructor(
    readonly store: Store,
    settings: Settings,
    sink: Sink | null,
  ) {
    this.hubs = createHubCallbacks(store);
    this.#rounds = new PublisherRounds(store, settings.store);
    this.#firstSink = sink === null ? null : { sink, publish: settings.publish };
  }

  /** Rejects like the pipeline's `run`. */
  async run(settings: Settings, options: RunSiteOptions): Promise<RunResult> {
    const { store } = this;
    const { signal } = options;
    const round = options.round === undefined ? null : await this.#rounds.begin(options.round);
    if (round === null) await store.rounds?.dropRounds();
    const now = truncateToSeconds(round?.now ?? options.now);
    const tools = new RunTools(settings, options);
    this.#tools = tools;
    try {
      const context = await tools.openContext(store, await this.#takeSink(settings), round?.remote);
      await publishInterruptedBackfill(context, { ...options, now }, signal);
      const result = await run(context, { ...options, now }, signal);
      await noteUnpublished(store, now, result);
      await round?.end();
      return result;
    } catch (error) {
      await noteUnpublished(store, now, error);
      if (!signal.aborted) await round?.end().catch(() => {});
      throw error;
    } finally {
      await tools.close();
    }
  }

  async health(settings: Settings): Promise<ReadonlyMap<SourceHealth, number>> {
    const states = await this.store.fetchStates();
    return countHealth(expandListedSources(settings, states), states);
  }

  /** Applies the configured retention. Resolves with the number of pruned articles. */
  async prune(settings: Settings, now: Date): Promise<number> {
    const { pruneStore } = await import('./prune.js');
    return await pruneStore(this.store, settings, now);
  }

  isInPlace(): boolean {
    return this.store.isInPlace?.() !== false;
  }

  /** Subscribes to the hubs of sources. Resolves with warnings. */
  async keepSubscriptions(
    settings: Settings,
    options: Pick<RunSiteOptions, 'now' | 'signal' | 'resolve'>,
  ): Promise<readonly string[]> {
    return await keepSubscriptions(this.store, await loadListedSources(settings, this.store), options);
  }

  /** Makes a current run fail. */
  async close(): Promise<void> {
    await Promise.all([this.#tools?.close(), this.#rounds.close()]);
    await this.store.close();
  }

  async #takeSink({ publish }: Settings): Promise<Sink> {
    const first = this.#firstSink;
    this.#firstSink = null;
    return first?.publish === publish ? first.sink : await openSink({ publish }, { memory: this.store });
  }
}

export type WorkerSite = Omit<OpenSite, 'store'>;

/** Restores a lost store first. @throws StoreError STORE_LOCKED, or ConfigError if environment variables are missing. */
export async function openSite(
  settings: Settings,
  options: Pick<RunSiteOptions, 'restore' | 'signal' | 'observer'>,
): Promise<OpenSite> {
  if (settings.unset !== undefined) throw new ConfigError('CONFIG_INVALID', settings.unset);
  const { store, sink } = await openOrRestore(settings, options);
  return new OpenSite(store, settings, sink);
}

function countHealth(
  { sources, lists = [] }: Settings,
  states: ReadonlyMap<SourceId, FetchState>,
): Map<SourceHealth, number> {
  const counts = new Map<SourceHealth, number>();
  for (const source of [...sources.filter(({ delisted }) => delisted !== true), ...lists].flatMap(listFeeds)) {
    const { health } = resolveState(states.get(toFeedKey(source)) ?? null, source);
    counts.set(health, (counts.get(health) ?? 0) + 1);
  }
  return counts;
}

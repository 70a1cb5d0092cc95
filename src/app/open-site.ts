/** Opens a site: its locked store, and what can be done with it. Commands that need no lock are in the other files of `app/`. */
import { ConfigError } from '../model/errors.js';
import type { Settings } from '../model/settings.js';
import type { FetchState, SourceHealth, SourceId } from '../model/source.js';
import { feedIdOf, feedsOf } from '../model/source-feeds.js';
import { publishInterruptedBackfill } from '../pipeline/publish-backfill.js';
import { withListedSources } from '../pipeline/read/lists/listed-sources.js';
import { type RunResult, run } from '../pipeline/run.js';
import { currentState } from '../politeness/decide-request.js';
import type { Sink } from '../ports/sink.js';
import type { Store } from '../ports/store/store.js';
import { type HubCallbacks, hubCallbacks, keepSubscriptions } from './hub-callbacks.js';
import { openOrRestore } from './open-or-restore.js';
import { openSink } from './open-sink.js';
import { pruneNow } from './prune.js';
import { PublisherRounds } from './rounds/publisher-rounds.js';
import { type RunSiteOptions, RunTools, wholeSeconds } from './run-tools.js';
import { settingsWithListed } from './settings-with-listed.js';
import { noteUnpublished } from './status/unpublished.js';

/** A site with an open, locked store: until `close`, no other process can write to it. Runs one at a time. */
export class OpenSite {
  readonly hubs: HubCallbacks;
  /** Of the run in progress. */
  #tools: RunTools | null = null;
  readonly #rounds: PublisherRounds;
  /** Opened before the first run, which then does not open it again. */
  #firstSink: { readonly sink: Sink; readonly publish: Settings['publish'] } | null;

  constructor(
    readonly store: Store,
    settings: Settings,
    sink: Sink | null,
  ) {
    this.hubs = hubCallbacks(store);
    this.#rounds = new PublisherRounds(store, settings.store);
    this.#firstSink = sink === null ? null : { sink, publish: settings.publish };
  }

  /** Rejects as the pipeline's `run`. */
  async run(settings: Settings, options: RunSiteOptions): Promise<RunResult> {
    const { store } = this;
    const { signal } = options;
    const round = options.round === undefined ? null : await this.#rounds.begin(options.round);
    if (round === null) await store.rounds?.dropRounds();
    const now = wholeSeconds(round?.now ?? options.now);
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

  /** How many of the configured sources are in each state. */
  async health(settings: Settings): Promise<ReadonlyMap<SourceHealth, number>> {
    const states = await this.store.fetchStates();
    return countHealth(withListedSources(settings, states), states);
  }

  /** Applies the configured retention. Resolves with the number of articles pruned. */
  prune(settings: Settings, now: Date): Promise<number> {
    return pruneNow(this.store, settings, now);
  }

  /** See `Store.isInPlace`. */
  isInPlace(): boolean {
    return this.store.isInPlace?.() !== false;
  }

  /** Subscribes at the hubs that sources name. Resolves with warnings. */
  async keepSubscriptions(
    settings: Settings,
    options: Pick<RunSiteOptions, 'now' | 'signal' | 'resolve'>,
  ): Promise<readonly string[]> {
    return await keepSubscriptions(this.store, await settingsWithListed(settings, this.store), options);
  }

  /** A run in progress fails. */
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

/** What the worker uses. */
export type WorkerSite = Omit<OpenSite, 'store'>;

/**
 * Restores a lost store first.
 * @throws StoreError STORE_LOCKED if another process has the store, ConfigError if environment variables are missing.
 */
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
  for (const source of [...sources.filter(({ quiet }) => quiet !== true), ...lists].flatMap(feedsOf)) {
    const { health } = currentState(states.get(feedIdOf(source)) ?? null, source);
    counts.set(health, (counts.get(health) ?? 0) + 1);
  }
  return counts;
}

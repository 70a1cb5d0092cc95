/** Composition root: opens the adapters that the settings name and hands them to the pipeline. Commands other than runs are in `app/`. */

import { cacheSettings } from '../config/settings-cache.js';
import { createHttpFetcher, type HttpFetcherOptions } from '../fetch/http.js';
import { ConfigError } from '../model/errors.js';
import type { Settings } from '../model/settings.js';
import type { FetchState, SourceHealth, SourceId } from '../model/source.js';
import { feedIdOf, feedsOf } from '../model/source-feeds.js';
import type { LockedLists } from '../model/source-list.js';
import { timed } from '../observe/timed.js';
import { version } from '../observe/version.js';
import { openChannelIcons as channelIcons, pictureTools } from '../pictures/open-picture-tools.js';
import type { PictureMaking } from '../pictures/picture-tools.js';
import { createTagging } from '../pipeline/facts/tagging.js';
import type { BackfillOptions, BackfillReport } from '../pipeline/read/backfill/backfill.js';
import { isList, withListedSources } from '../pipeline/read/lists/listed-sources.js';
import { createPageReader } from '../pipeline/read/reader/page-reader.js';
import { createReader } from '../pipeline/read/reader/reader.js';
import type { RestoreCause } from '../pipeline/restore/restore.js';
import { type RunResult, run } from '../pipeline/run.js';
import type { RunDeps, RunOptions } from '../pipeline/run-deps.js';
import type { RunObserver } from '../pipeline/run-observer.js';
import { currentState } from '../politeness/decide-request.js';
import type { RemoteRound } from '../ports/rounds.js';
import type { Sink } from '../ports/sink.js';
import type { Store } from '../ports/store/store.js';
import { createCommandRunner } from '../process/run-command.js';
import { copyOfStore } from './dry-run.js';
import { type HubCallbacks, hubCallbacks, keepSubscriptions } from './hub-callbacks.js';
import { machineClock } from './machine-clock.js';
import { openCurrent } from './open-current.js';
import { idleLimit, requestLimits } from './open-files.js';
import { openPoster } from './open-poster.js';
import { openSink } from './open-sink.js';
import { lockStore, openStore } from './open-store.js';
import { pruneNow } from './prune.js';
import { PublisherRounds, type RoundOptions } from './rounds/publisher-rounds.js';
import { settingsWithListed } from './settings-with-listed.js';
import { themeOf } from './site-theme.js';
import { notingUnpublished } from './status/unpublished.js';
import { userAgent } from './user-agent.js';
import { writersOf } from './writers.js';

export type { RunObserver } from '../pipeline/run-observer.js';

export interface RunSiteOptions extends RunOptions {
  /** `auto` (default): an empty store is first restored from the published edition, if there is one. */
  readonly restore?: 'auto' | 'never';
  readonly resolve?: HttpFetcherOptions['resolve'];
  /** How copies of pictures are made; `any` (default): with sharp where needed. */
  readonly pictures?: PictureMaking;
  /** Fetch workers send the requests, and the run's time is that of its round; missing: this process does. */
  readonly round?: RoundOptions;
  readonly signal: AbortSignal;
  readonly observer: RunObserver;
}

/** Opens a site, runs it once and closes it. Rejects as `run` does, and with StoreError STORE_LOCKED where another process has the store. */
export async function runSite(settings: Settings, options: RunSiteOptions): Promise<RunResult> {
  const dryRun = options.dryRun ? await copyOfStore(settings.store) : null;
  const store = dryRun?.settings ?? settings.store;
  try {
    const site = await openSite({ ...settings, store }, options);
    if (dryRun === null) await cacheSettings(settings, version);
    return await site.run(settings, options).finally(() => site.close());
  } finally {
    await dryRun?.remove();
  }
}

/** A site with an open, locked store: until `close`, no other process can write to it. */
export interface OpenSite {
  /** One run at a time. Rejects as `run` does. */
  run(settings: Settings, options: RunSiteOptions): Promise<RunResult>;
  /** How many of the configured sources are in each state. */
  health(settings: Settings): Promise<ReadonlyMap<SourceHealth, number>>;
  /** Applies the configured retention. Resolves with the number of articles pruned. */
  prune(settings: Settings, now: Date): Promise<number>;
  /** Whether its store still is what lies at its place: see `Store.isInPlace`. */
  isInPlace(): boolean;
  readonly hubs: HubCallbacks;
  /** Asks hubs that sources name to tell us of changes. Resolves with warnings. */
  keepSubscriptions(
    settings: Settings,
    options: Pick<RunSiteOptions, 'now' | 'signal' | 'resolve'>,
  ): Promise<readonly string[]>;
  /** A run in progress fails. */
  close(): Promise<void>;
}

/** What an open site offers for bringing in older articles. */
export interface SiteHistory {
  /** Whether the source was read with success before. */
  wasRead(settings: Settings, id: SourceId): Promise<boolean>;
  /** See `backfill`: the next run publishes what it brings. */
  backfill(
    settings: Settings,
    id: SourceId,
    options: BackfillOptions & Pick<RunSiteOptions, 'signal' | 'resolve'>,
  ): Promise<BackfillReport>;
}

/** @throws StoreError STORE_LOCKED where another process has the store, ConfigError where the environment lacks variables. */
export async function openSite(
  settings: Settings,
  options: Pick<RunSiteOptions, 'restore' | 'signal' | 'observer'>,
): Promise<OpenSite & SiteHistory> {
  if (settings.unset !== undefined) throw new ConfigError('CONFIG_INVALID', settings.unset);
  const { store, sink } = await openOrRestore(settings, options);
  // Looked at just now: the first run does not ask again.
  let looked = sink;
  const takeSink = async ({ publish }: Settings) => {
    const found = looked !== null && publish === settings.publish ? looked : null;
    looked = null;
    return found ?? (await openSink({ publish }, { memory: store }));
  };
  const tools = new Set<{ close(): Promise<void> }>();
  const closeTools = async () => {
    const open = [...tools];
    tools.clear();
    await Promise.all(open.map((tool) => tool.close()));
  };
  const rounds = new PublisherRounds(store, settings.store);
  const runNow = async (settings: Settings, options: RunSiteOptions, remote?: RemoteRound) => {
    return await notingUnpublished(store, options.now, async () => {
      const at = { store, sink: await takeSink(settings) };
      return await runWith(at, settings, { ...options, ...(remote && { remote }) }, tools).finally(closeTools);
    });
  };
  return {
    run: async (settings, options) => {
      if (options.round === undefined) {
        await store.rounds?.dropRounds();
        return await runNow(settings, options);
      }
      return await rounds.run(options.round, options.signal, (now, remote) =>
        runNow(settings, { ...options, now }, remote),
      );
    },
    health: async (settings) => {
      const states = await store.fetchStates();
      return sourceHealth(withListedSources(settings, states), states);
    },
    wasRead: async (_, id) => (await store.fetchStates()).get(id)?.lastSuccessAt != null,
    backfill: (settings, id, options) => backfillWith(store, settings, id, options),
    isInPlace: () => store.isInPlace?.() !== false,
    hubs: hubCallbacks(store),
    keepSubscriptions: async (settings, options) =>
      keepSubscriptions(store, await settingsWithListed(settings, store), options),
    prune: (settings, now) => pruneNow(store, settings, now),
    close: async () => {
      await Promise.all([closeTools(), rounds.close()]);
      await store.close();
    },
  };
}

/** `sink`: what was already looked at; null: nothing was. */
interface FoundStore {
  readonly store: Store;
  readonly sink: Sink | null;
}

/** A store that is empty, older than what is published, or damaged, would publish old news as new under new ids, or remove news. */
async function openOrRestore(
  settings: Settings,
  { restore = 'auto', signal, observer }: Pick<RunSiteOptions, 'restore' | 'signal' | 'observer'>,
): Promise<FoundStore> {
  if (restore === 'never') return { store: await openStore(settings.store, 'write'), sink: null };
  // Held throughout: another process must neither restore the same store, nor use it while it is put aside.
  const release = await lockStore(settings.store);
  try {
    const found = await openCurrent(settings, signal);
    const { store, sink } =
      typeof found === 'string' ? { store: await restored(settings, found, signal, observer), sink: null } : found;
    return { store: { ...store, close: () => store.close().finally(release) }, sink };
  } catch (error) {
    await release();
    throw error;
  }
}

async function restored(
  settings: Settings,
  reason: RestoreCause['reason'],
  signal: AbortSignal,
  observer: RunObserver,
): Promise<Store> {
  const { restoreFrom } = await import('./restore-site.js');
  const { report, cause } = await restoreFrom(settings, reason, signal);
  observer.restored?.(report, cause);
  return await openStore(settings.store, 'locked');
}

/** `tools` receives what the run opens: the caller closes it. */
async function runWith(
  { store, sink }: { readonly store: Store; readonly sink: Sink },
  settings: Settings,
  options: RunSiteOptions & { readonly remote?: RemoteRound },
  tools: Set<{ close(): Promise<void> }>,
): Promise<RunResult> {
  const { observer, signal, remote } = options;
  const { meter } = observer;
  const { formats, hub: hubUrl } = settings.publish;
  const http = {
    ...settings.fetch,
    userAgent: userAgent(settings),
    idle: idleLimit(),
    ...(options.resolve === undefined ? {} : { resolve: options.resolve }),
  };
  const fetcher = createHttpFetcher(http);
  const reader = createReader();
  const pages = createPageReader();
  tools.add(fetcher).add(reader).add(pages);
  const hub = hubUrl === null || options.dryRun ? null : (await import('../fetch/websub-hub.js')).createHub(http);
  if (hub !== null) tools.add(hub);
  const {
    files: channelIconFiles,
    sources: sourceIcons,
    warnings: iconWarnings,
    ...channelImages
  } = await channelIcons(settings, options.pictures);
  const lockedLists = await lockedListsOf(settings, options.frozen === true);
  const poster = settings.announce.length === 0 ? null : await openPoster(http);
  if (poster !== null) tools.add(poster);
  const deps: RunDeps = {
    settings: {
      ...settings,
      channelImages,
      fetch: { ...settings.fetch, concurrency: requestLimits(settings.fetch.concurrency) },
    },
    store,
    fetcher: { ...fetcher, fetch: timed(fetcher.fetch, (ms, { wireBytes }) => meter?.fetched(ms, wireBytes)) },
    ...(remote && { remote }),
    ...(lockedLists && { lockedLists }),
    channelIcons: channelIconFiles,
    sourceIcons,
    iconWarnings,
    pictures: pictureTools(settings, options.pictures),
    reader: { ...reader, read: timed(reader.read, (ms, { format }) => meter?.parsed(ms, format)) },
    pages,
    rules: version,
    tagging: createTagging(settings),
    sink,
    writers: await writersOf(formats),
    theme: await themeOf(settings.publish),
    hub,
    poster,
    commands: settings.enrich === undefined ? null : createCommandRunner(settings.root, process.env),
    clock: machineClock,
    observer,
  };
  return await run(deps, { ...options, now: wholeSeconds(options.now) }, signal);
}

/** Throws ConfigError where the lock is mistaken, or `frozen` and it does not say what a list names. */
async function lockedListsOf(settings: Settings, frozen: boolean): Promise<LockedLists | undefined> {
  if (!settings.sources.some(isList)) return undefined;
  const { lockFor } = await import('./lists-lock.js');
  return await lockFor(settings, frozen);
}

async function backfillWith(
  store: Store,
  written: Settings,
  id: SourceId,
  options: BackfillOptions & Pick<RunSiteOptions, 'signal' | 'resolve'>,
): Promise<BackfillReport> {
  const settings = await settingsWithListed(written, store);
  const source = settings.sources.find((one) => one.id === id)!;
  const http = {
    ...settings.fetch,
    userAgent: userAgent(settings),
    ...(options.resolve && { resolve: options.resolve }),
  };
  const fetcher = createHttpFetcher(http);
  const reader = createReader();
  const { backfill } = await import('../pipeline/read/backfill/backfill.js');
  const deps = {
    store,
    fetcher,
    reader,
    clock: machineClock,
    rules: version,
    tagging: createTagging(settings),
    settings,
  };
  const now = wholeSeconds(options.now);
  return await backfill(source, deps, { ...options, now }, options.signal).finally(() =>
    Promise.all([fetcher.close(), reader.close()]),
  );
}

function sourceHealth(
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

/** RSS dates have whole seconds, and all formats must show the same date. */
function wholeSeconds(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / 1000) * 1000);
}

/** The one place that picks: settings → adapters → pipeline. What it picks for each step stands in `app/`. */
import { stat } from 'node:fs/promises';
import { machineClock } from './app/machine-clock.js';
import { meteredFetcher, meteredRead } from './app/metered.js';
import { openStore } from './app/open-store.js';
import { printAhead } from './app/print-setup.js';
import { retainedSince } from './app/prune.js';
import { publishSite } from './app/publish-site.js';
import type { RunWatch } from './app/run-watch.js';
import { settleSite } from './app/settle-site.js';
import { copyOfStore } from './app/store-copy.js';
import { tagSetup } from './app/tag-setup.js';
import { userAgent } from './app/user-agent.js';
import { cacheSettings } from './config/settings-cache.js';
import { createHttpFetcher, type HttpFetcherOptions } from './fetch/http.js';
import type { Settings } from './model/settings.js';
import type { FetchState, SourceHealth, SourceId } from './model/source.js';
import { version } from './observe/version.js';
import { createTagging } from './pipeline/organize/tagging.js';
import type { PrintAhead } from './pipeline/publish/print-ahead.js';
import { createReader } from './pipeline/reader/reader.js';
import { type RunResult, run } from './pipeline/run.js';
import { currentState } from './politeness/decide-request.js';
import type { Store } from './ports/store/store.js';

export interface RunSiteOptions {
  readonly now: Date;
  readonly force: boolean;
  readonly only: ReadonlySet<SourceId> | null;
  readonly offline: boolean;
  readonly dryRun: boolean;
  readonly forcePublish: boolean;
  /** What becomes of an empty store where an edition of this site is published; `auto` (default): restored from it first. */
  readonly restore?: 'auto' | 'never';
  readonly resolve?: HttpFetcherOptions['resolve'];
  readonly signal: AbortSignal;
  readonly watch: RunWatch;
}

type States = ReadonlyMap<SourceId, FetchState>;

/** One run of a site: everything opened, used and closed again. Rejects as `run` does, and where the store is held by another. */
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

/** A store that was lost must not make old news new again. */
async function restoreFirst(
  settings: Settings,
  { restore = 'auto', signal, watch }: Pick<RunSiteOptions, 'restore' | 'signal' | 'watch'>,
): Promise<void> {
  if (restore === 'never' || (await holdsMuch(settings.store))) return;
  const { restoreLost } = await import('./app/restore-site.js');
  const report = await restoreLost(settings, signal);
  if (report !== null) watch.restored?.(report);
}

/** Bytes that no empty store takes: such a file need not be looked into. */
const MUCH = 1_000_000;

/** What cannot be looked at holds nothing: whoever opens it tells what is wrong with it. */
async function holdsMuch({ path }: Settings['store']): Promise<boolean> {
  const found = path === null ? null : await stat(path).catch(() => null);
  return found !== null && found.size > MUCH;
}

/** A site whose store is open: as long as it stands, no other newsloom writes to that store. */
export interface OpenSite {
  /** One run at a time. Rejects as `run` does. */
  run(settings: Settings, options: RunSiteOptions): Promise<RunResult>;
  /** How many of the configured sources are in each state. */
  health(settings: Settings): Promise<ReadonlyMap<SourceHealth, number>>;
  /** Applies the retention of the config; how many articles it concerned. */
  prune(settings: Settings, now: Date): Promise<number>;
  /** Also in the middle of a run, which then fails. */
  close(): Promise<void>;
}

/** @throws StoreError STORE_LOCKED where another newsloom holds the store. */
export async function openSite(
  settings: Settings,
  options: Pick<RunSiteOptions, 'restore' | 'signal' | 'watch'>,
): Promise<OpenSite> {
  await restoreFirst(settings, options);
  const store = await openStore(settings.store, 'write');
  const tools = new Set<{ close(): Promise<void> }>();
  const closeTools = async () => {
    const open = [...tools];
    tools.clear();
    await Promise.all(open.map((tool) => tool.close()));
  };
  return {
    run: (current, options) =>
      runWith(store, { ...current, store: settings.store }, options, tools).finally(closeTools),
    health: async (settings) => sourceHealth(settings, await store.fetchStates()),
    prune: (settings, now) => store.prune(retainedSince(settings, now), settings.publish.items),
    close: async () => {
      await Promise.all([closeTools(), store.close()]);
    },
  };
}

/** `tools`: what the run opens, for whoever must close it. */
async function runWith(
  store: Store,
  settings: Settings,
  options: RunSiteOptions,
  tools: Set<{ close(): Promise<void> }>,
): Promise<RunResult> {
  const now = wholeSeconds(options.now);
  const { meter } = options.watch;
  const fetcher = createHttpFetcher({
    ...settings.fetch,
    userAgent: userAgent(settings),
    ...(options.resolve === undefined ? {} : { resolve: options.resolve }),
  });
  const setup = tagSetup(settings);
  const reader = createReader({ tags: setup });
  const tagging = createTagging(setup);
  let ahead: PrintAhead | null = null;
  tools.add(fetcher).add(reader);
  return await run(
    {
      sources: settings.sources,
      store,
      fetcher: meter === undefined ? fetcher : meteredFetcher(fetcher, meter),
      limits: settings.fetch,
      prepareFor: reader.prepareFor,
      read: meter === undefined ? reader.read : meteredRead(reader.read, meter),
      tagging,
      credits: settings.credits,
      rules: version,
      organize: async (states, turned) => {
        options.watch.publishing?.();
        await reader.close(); // its threads would hold memory that nobody uses any more
        return await settleSite(settings, store, states, tagging, turned, async (refs) => {
          ahead = await printAhead(refs, settings);
          if (ahead !== null) tools.add(ahead);
        });
      },
      publish: (states, signal) => publishSite(settings, store, states, { ...options, now, ahead, signal }),
      clock: machineClock,
      progress: options.watch,
    },
    { ...options, now },
    options.signal,
  );
}

function sourceHealth({ sources }: Settings, states: States): Map<SourceHealth, number> {
  const counts = new Map<SourceHealth, number>();
  for (const source of sources) {
    const { health } = currentState(states.get(source.id) ?? null, source);
    counts.set(health, (counts.get(health) ?? 0) + 1);
  }
  return counts;
}

/** RSS knows no finer time, and all formats must say the same. */
function wholeSeconds(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / 1000) * 1000);
}

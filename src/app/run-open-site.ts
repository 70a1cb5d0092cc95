/** Runs an open site: opens the tools that its settings name, and hands them to the pipeline. */

import { createHttpFetcher, type HttpFetcherOptions } from '../fetch/http.js';
import type { Settings } from '../model/settings.js';
import type { LockedLists } from '../model/source-list.js';
import { version } from '../observe/version.js';
import { openChannelIcons, pictureTools } from '../pictures/open-picture-tools.js';
import type { PictureMaking } from '../pictures/picture-tools.js';
import { createTagging } from '../pipeline/facts/tagging.js';
import { publishInterruptedBackfill } from '../pipeline/publish-backfill.js';
import { isList } from '../pipeline/read/lists/listed-sources.js';
import { createPageReader } from '../pipeline/read/reader/page-reader.js';
import { createReader } from '../pipeline/read/reader/reader.js';
import { type RunResult, run } from '../pipeline/run.js';
import type {
  AnnouncingTools,
  PublishingTools,
  ReadingTools,
  RunContext,
  RunOptions,
} from '../pipeline/run-context.js';
import type { RunObserver } from '../pipeline/run-observer.js';
import type { RemoteRound } from '../ports/rounds.js';
import type { Sink } from '../ports/sink.js';
import type { Store } from '../ports/store/store.js';
import { createCommandRunner } from '../process/run-command.js';
import { checkArticlePackages } from './check-article-packages.js';
import { machineClock } from './machine-clock.js';
import { idleLimit, requestLimits } from './open-files.js';
import { openPoster } from './open-poster.js';
import type { RoundOptions } from './rounds/publisher-rounds.js';
import { themeOf } from './site-theme.js';
import { userAgent } from './user-agent.js';
import { writersOf } from './writers.js';

export type { RunObserver } from '../pipeline/run-observer.js';

export interface RunSiteOptions extends RunOptions {
  /** `auto` (default): an empty store is first restored from the published edition, if there is one. */
  readonly restore?: 'auto' | 'never';
  readonly resolve?: HttpFetcherOptions['resolve'];
  /** How copies of pictures are made; `any` (default): with sharp if needed. */
  readonly pictures?: PictureMaking;
  /** Fetch workers send the requests, and the run's time is that of its round; missing: this process sends them. */
  readonly round?: RoundOptions;
  readonly signal: AbortSignal;
  readonly observer: RunObserver;
}

/** Opened during a run, closed after it. */
export type Tools = Set<{ close(): Promise<void> }>;

/** `tools` receives what the run opens: the caller closes it. */
export async function runOpenSite(
  { store, sink }: { readonly store: Store; readonly sink: Sink },
  settings: Settings,
  options: RunSiteOptions & { readonly remote?: RemoteRound },
  tools: Tools,
): Promise<RunResult> {
  checkArticlePackages(settings);
  const { files, sources, warnings, ...channelImages } = await openChannelIcons(settings, options.pictures);
  const concurrency = requestLimits(settings.fetch.concurrency);
  const context: RunContext = {
    settings: { ...settings, channelImages, fetch: { ...settings.fetch, concurrency } },
    store,
    clock: machineClock,
    observer: options.observer,
    tagging: createTagging(settings),
    reading: await openReading(settings, options, tools),
    publishing: await openPublishing(settings, sink, { channels: files, sources, warnings }, options),
    announcing: await openAnnouncing(settings, options, tools),
    commands: settings.enrich === undefined ? null : createCommandRunner(settings.root, process.env),
  };
  const runOptions = { ...options, now: wholeSeconds(options.now) };
  await publishInterruptedBackfill(context, runOptions, options.signal);
  return await run(context, runOptions, options.signal);
}

async function openReading(
  settings: Settings,
  options: RunSiteOptions & { readonly remote?: RemoteRound },
  tools: Tools,
): Promise<ReadingTools> {
  const { meter } = options.observer;
  const fetcher = createHttpFetcher({
    ...httpOptions(settings, options),
    onFetched: (ms, { wireBytes }) => meter?.fetched(ms, wireBytes),
  });
  const reader = createReader({ onRead: (ms, { format }) => meter?.parsed(ms, format) });
  const pages = createPageReader();
  tools.add(fetcher).add(reader).add(pages);
  const lockedLists = await readLockedLists(settings, options.frozen === true);
  return {
    fetcher,
    reader,
    pages,
    readerVersion: version,
    ...(options.remote && { remote: options.remote }),
    ...(lockedLists && { lockedLists }),
  };
}

async function openPublishing(
  settings: Settings,
  sink: Sink,
  icons: PublishingTools['icons'],
  { pictures }: RunSiteOptions,
): Promise<PublishingTools> {
  return {
    sink,
    writers: await writersOf(settings.publish.formats),
    theme: await themeOf(settings.publish),
    icons,
    pictures: pictureTools(settings, pictures),
  };
}

async function openAnnouncing(settings: Settings, options: RunSiteOptions, tools: Tools): Promise<AnnouncingTools> {
  const http = httpOptions(settings, options);
  const isSilent = settings.publish.hub === null || options.dryRun;
  const hub = isSilent ? null : (await import('../fetch/websub-hub.js')).createHub(http);
  const poster = settings.announce.length === 0 ? null : await openPoster(http);
  if (hub !== null) tools.add(hub);
  if (poster !== null) tools.add(poster);
  return { hub, poster };
}

export function httpOptions(settings: Settings, { resolve }: Pick<RunSiteOptions, 'resolve'>) {
  return { ...settings.fetch, userAgent: userAgent(settings), idle: idleLimit(), ...(resolve && { resolve }) };
}

/** @throws ConfigError if the lock is invalid, or `frozen` and it does not contain a list. */
async function readLockedLists(settings: Settings, frozen: boolean): Promise<LockedLists | undefined> {
  if (!settings.sources.some(isList)) return undefined;
  const { lockFor } = await import('./lists-lock.js');
  return await lockFor(settings, frozen);
}

/** RSS dates have whole seconds, and all formats must show the same date. */
export function wholeSeconds(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / 1000) * 1000);
}

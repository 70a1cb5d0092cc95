/** Opens what a run needs by the settings of its site, and closes it afterwards. */

import type { Resolve } from '../fetch/agents.js';
import type { Settings } from '../model/settings.js';
import type { LockedLists } from '../model/source-list.js';
import { version } from '../observe/version.js';
import { openChannelIcons, pictureTools } from '../pictures/open-picture-tools.js';
import type { PictureMaking } from '../pictures/picture-tools.js';
import { createTagging } from '../pipeline/facts/tagging.js';
import { isList } from '../pipeline/read/lists/listed-sources.js';
import { createPageReader } from '../pipeline/read/reader/page-reader.js';
import { createReader } from '../pipeline/read/reader/reader.js';
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
import { loadWriters } from '../write/formats.js';
import { checkArticlePackages } from './check-article-packages.js';
import { requestLimits } from './file-limits.js';
import { createFetcher, httpOptions, openPoster } from './http-clients.js';
import { machineClock } from './machine-clock.js';
import type { RoundOptions } from './rounds/publisher-rounds.js';
import { readSiteTheme } from './site-theme.js';

export type { RunObserver } from '../pipeline/run-observer.js';

export interface RunSiteOptions extends RunOptions {
  /** `auto` (default): an empty store is first restored from the published edition, if there is one. */
  readonly restore?: 'auto' | 'never';
  readonly resolve?: Resolve | undefined;
  /** How copies of pictures are made; `any` (default): with sharp if needed. */
  readonly pictures?: PictureMaking;
  /** Fetch workers send the requests, and the run's time is that of its round; missing: this process sends them. */
  readonly round?: RoundOptions | undefined;
  readonly signal: AbortSignal;
  readonly observer: RunObserver;
}

export class RunTools {
  readonly #open = new Set<{ close(): Promise<void> }>();

  constructor(
    private readonly settings: Settings,
    private readonly options: RunSiteOptions,
  ) {}

  /** `remote`: the round in which fetch workers send the requests. Rejects with ConfigError or StoreError. */
  async openContext(store: Store, sink: Sink, remote?: RemoteRound): Promise<RunContext> {
    const { settings, options } = this;
    checkArticlePackages(settings);
    const { files, sources, warnings, ...channelImages } = await openChannelIcons(settings, options.pictures);
    const concurrency = requestLimits(settings.fetch.concurrency);
    return {
      settings: { ...settings, channelImages, fetch: { ...settings.fetch, concurrency } },
      store,
      clock: machineClock,
      observer: options.observer,
      tagging: createTagging(settings),
      reading: await this.#openReading(remote),
      publishing: await this.#openPublishing(sink, { channels: files, sources, warnings }),
      announcing: await this.#openAnnouncing(),
      commands: settings.enrich === undefined ? null : createCommandRunner(settings.root, process.env),
    };
  }

  /** A run in progress fails. */
  async close(): Promise<void> {
    const open = [...this.#open];
    this.#open.clear();
    await Promise.all(open.map((tool) => tool.close()));
  }

  async #openReading(remote?: RemoteRound): Promise<ReadingTools> {
    const { settings, options } = this;
    const { resolve, observer, frozen = false } = options;
    const { meter } = observer;
    const fetcher = createFetcher(settings, {
      resolve,
      onFetched: (ms, { wireBytes }) => meter?.fetched(ms, wireBytes),
    });
    const reader = createReader({ onRead: (ms, { format }) => meter?.parsed(ms, format) });
    const pages = createPageReader();
    this.#open.add(fetcher).add(reader).add(pages);
    const lockedLists = await readLockedLists(settings, frozen);
    return {
      fetcher,
      reader,
      pages,
      readerVersion: version,
      ...(remote && { remote }),
      ...(lockedLists && { lockedLists }),
    };
  }

  async #openPublishing(sink: Sink, icons: PublishingTools['icons']): Promise<PublishingTools> {
    const { publish } = this.settings;
    return {
      sink,
      writers: await loadWriters(publish.formats),
      theme: await readSiteTheme(publish),
      icons,
      pictures: pictureTools(this.settings, this.options.pictures),
    };
  }

  async #openAnnouncing(): Promise<AnnouncingTools> {
    const { settings, options } = this;
    const isSilent = settings.publish.hub === null || options.dryRun;
    const hub = isSilent ? null : (await import('../fetch/websub-hub.js')).createHub(httpOptions(settings, options));
    const poster = settings.announce.length === 0 ? null : await openPoster(settings, options);
    if (hub !== null) this.#open.add(hub);
    if (poster !== null) this.#open.add(poster);
    return { hub, poster };
  }
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

/** Opens the tools of a run and closes them afterwards. */

import type { Resolve } from '../fetch/agents.js';
import type { Settings } from '../model/settings.js';
import { version } from '../observe/version.js';
import { openChannelIcons, preparePictureTools } from '../pictures/open-picture-tools.js';
import type { PictureMaking } from '../pictures/picture-tools.js';
import { createTagging } from '../pipeline/facts/tagging.js';
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
import { loadWriters } from '../write/formats.js';
import { checkArticlePackages } from './check-article-packages.js';
import { prepareIntroductions } from './digest-introduction.js';
import { createFetcher, httpOptions, openPoster } from './http-clients.js';
import { machineClock } from './machine-clock.js';
import type { RoundOptions } from './rounds/publisher-rounds.js';
import { readSiteTheme } from './site-theme.js';

export type { RunObserver } from '../pipeline/run-observer.js';

export interface RunSiteOptions extends RunOptions {
  /** `auto` (default): restores an empty store from the published edition, if any. */
  readonly restore?: 'auto' | 'never';
  readonly resolve?: Resolve | undefined;
  /** How to create copies of pictures; `any` (default): with sharp if needed. */
  readonly pictures?: PictureMaking;
  /** Fetch workers send the requests, and the round gives the run's time; missing: this process sends them. */
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

  /** `remote`: the round answered by fetch workers. Rejects with ConfigError or StoreError. */
  async openContext(store: Store, sink: Sink, remote?: RemoteRound): Promise<RunContext> {
    const { settings, options } = this;
    checkArticlePackages(settings);
    const { files, sources, warnings, ...channelImages } = await openChannelIcons(settings, options.pictures);
    return {
      settings: { ...settings, channelImages },
      store,
      clock: machineClock,
      observer: options.observer,
      tagging: createTagging(settings, machineClock.elapsed),
      reading: await this.#openReading(remote),
      publishing: await this.#openPublishing(sink, { channels: files, sources, warnings }),
      announcing: await this.#openAnnouncing(),
      commands: settings.enrich === undefined ? null : await openCommands(settings),
    };
  }

  /** Makes a current run fail. */
  async close(): Promise<void> {
    const open = [...this.#open];
    this.#open.clear();
    await Promise.all(open.map((tool) => tool.close()));
  }

  async #openReading(remote?: RemoteRound): Promise<ReadingTools> {
    const { settings, options } = this;
    const { resolve, observer } = options;
    const { meter } = observer;
    const fetcher = createFetcher(settings, {
      resolve,
      onFetched: (ms, { wireBytes }) => meter?.fetched(ms, wireBytes),
    });
    const reader = createReader({ onRead: (ms, { format }) => meter?.parsed(ms, format) });
    const pages = createPageReader();
    this.#open.add(fetcher).add(reader).add(pages);
    return {
      fetcher,
      reader,
      pages,
      findFeed: async (page, signal) => {
        const { findFeedUrl } = await import('./add-source/find-feed.js');
        return await findFeedUrl(page, { fetcher, settings, signal });
      },
      readerVersion: version,
      ...(remote && { remote }),
    };
  }

  async #openPublishing(sink: Sink, icons: PublishingTools['icons']): Promise<PublishingTools> {
    const { publish } = this.settings;
    return {
      sink,
      writers: await loadWriters(publish.formats),
      theme: await readSiteTheme(this.settings),
      search: publish.search === true ? (await import('../process/pagefind.js')).buildSearchIndex : null,
      readIntroduction: prepareIntroductions(this.settings),
      icons,
      pictures: preparePictureTools(this.settings, this.options.pictures),
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

async function openCommands({ root }: Settings): Promise<RunContext['commands']> {
  const { createCommandRunner } = await import('../process/run-command.js');
  return createCommandRunner(root, process.env);
}

/** Truncates to seconds: RSS has no fractions, and all formats must show the same date. */
export function truncateToSeconds(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / 1000) * 1000);
}

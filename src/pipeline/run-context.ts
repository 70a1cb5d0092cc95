/** The input of a run and the data that its steps share. */
import type { EditionSettings } from '../compose/settings.js';
import type { ReadIntroduction } from '../model/digest.js';
import type { OutputFile } from '../model/edition.js';
import type { Theme } from '../model/page.js';
import type { SourceWarning } from '../model/report.js';
import type { Settings } from '../model/settings.js';
import type { SourceFacts, SourceId } from '../model/source.js';
import type { Clock } from '../ports/clock.js';
import type { CommandRunner } from '../ports/command-runner.js';
import type { Fetcher, Hub, Poster } from '../ports/fetcher.js';
import type { PictureTools } from '../ports/picture-tools.js';
import type { RemoteRound } from '../ports/rounds.js';
import type { BuildSearchIndex } from '../ports/search-index.js';
import type { Sink } from '../ports/sink.js';
import type { Store } from '../ports/store/store.js';
import type { Writer } from '../write/writer.js';
import type { Tagging } from './facts/tagging.js';
import type { PartFile } from './publish/edition-parts.js';
import type { SourceIconFile } from './publish/pictures/icon-files.js';
import type { DueOptions } from './read/due-sources.js';
import type { HostPacing } from './read/host-pacing.js';
import type { PageReader } from './read/reader/page-reader.js';
import type { Reader } from './read/reader/reader.js';
import type { RunCounts } from './run-counts.js';
import type { RunObserver } from './run-observer.js';

export interface RunOptions extends DueOptions {
  readonly now: Date;
  /** No requests; publishes what the store holds. */
  readonly offline: boolean;
  /** Does everything except commit the edition. */
  readonly dryRun: boolean;
  /** Gets each file that a dry run would write; missing: they are not collected. */
  readonly rehearsed?: ((file: OutputFile) => Promise<void>) | undefined;
  readonly forcePublish: boolean;
  readonly unannounced?: boolean;
}

type SiteSettings = Omit<
  Settings,
  'configPath' | 'configFiles' | 'readFrom' | 'store' | 'retentionDays' | 'schedule' | 'withoutEffect' | 'secrets'
>;
export type RunSettings = SiteSettings & Pick<EditionSettings, 'channelImages'>;

export interface ReadingTools {
  readonly fetcher: Fetcher;
  /** Sends requests through fetch workers; missing: this process sends them. */
  readonly remote?: RemoteRound;
  readonly reader: Reader;
  readonly pages: PageReader;
  /** Finds a feed from a page; null: none. Missing: new addresses of feeds are not looked for. */
  readonly findFeed?: (page: string, signal: AbortSignal) => Promise<string | null>;
  /** Version of the parsing code. When it changes, unchanged items are read again. */
  readonly readerVersion: string;
}

export interface PublishingTools {
  readonly sink: Sink;
  readonly writers: readonly Writer[];
  /** null: the site publishes no pages. */
  readonly theme: Theme | null;
  readonly search: BuildSearchIndex | null;
  /** Missing: digests have no introductions. */
  readonly readIntroduction?: ReadIntroduction;
  readonly icons: ConfiguredIcons;
  readonly pictures: () => Promise<PictureTools>;
}

interface ConfiguredIcons {
  readonly channels: readonly PartFile[];
  readonly sources: readonly SourceIconFile[];
  /** Source icons that are missing or not images. */
  readonly warnings: readonly SourceWarning[];
}

export interface AnnouncingTools {
  /** null: no hub is notified. */
  readonly hub: Hub | null;
  /** null: nothing is announced. */
  readonly poster: Poster | null;
}

export interface RunContext {
  readonly settings: RunSettings;
  readonly store: Store;
  readonly clock: Clock;
  readonly observer: RunObserver;
  readonly tagging: Tagging;
  readonly reading: ReadingTools;
  readonly publishing: PublishingTools;
  readonly announcing: AnnouncingTools;
  /** Runs the commands of `enrich`; null: none are configured. */
  readonly commands: CommandRunner | null;
}

export interface CurrentRun {
  readonly options: RunOptions;
  readonly signal: AbortSignal;
  /** All steps share one request rate per host. */
  readonly pacing: HostPacing;
  readonly counts: RunCounts;
}

/** The part of each source's state that publishing needs. */
export type SourceStates = ReadonlyMap<SourceId, SourceFacts>;

/** What a run is given. */
import type { EditionSettings } from '../compose/settings.js';
import type { Theme } from '../model/page.js';
import type { SourceWarning } from '../model/report.js';
import type { Settings } from '../model/settings.js';
import type { SourceFacts, SourceId } from '../model/source.js';
import type { LockedLists } from '../model/source-list.js';
import type { Clock } from '../ports/clock.js';
import type { CommandRunner } from '../ports/command-runner.js';
import type { Fetcher, Hub, Poster } from '../ports/fetcher.js';
import type { PictureTools } from '../ports/picture-tools.js';
import type { RemoteRound } from '../ports/rounds.js';
import type { Sink } from '../ports/sink.js';
import type { Store } from '../ports/store/store.js';
import type { Writer } from '../write/writer.js';
import type { Tagging } from './facts/tagging.js';
import type { SourceIconFile } from './publish/pictures/icon-files.js';
import type { PartFile } from './publish/publish-deps.js';
import type { DueOptions } from './read/due-sources.js';
import type { PageReader } from './read/reader/page-reader.js';
import type { Reader } from './read/reader/reader.js';
import type { RunObserver } from './run-observer.js';

export interface RunOptions extends DueOptions {
  /** The time that the run takes as now. */
  readonly now: Date;
  /** No requests; publishes what the store holds. */
  readonly offline: boolean;
  /** Everything except the commit of the edition. */
  readonly dryRun: boolean;
  /** Publishes even where the safety checks fail. */
  readonly forcePublish: boolean;
  /** Lists are not asked: what they name is what `RunDeps.lockedLists` says. Missing: they are. */
  readonly frozen?: boolean;
  /** What it publishes is no news: it is announced neither now nor later. Missing: it may be. */
  readonly silent?: boolean;
}

export interface RunDeps {
  readonly settings: Pick<
    Settings,
    | 'site'
    | 'sources'
    | 'lists'
    | 'topics'
    | 'channels'
    | 'languages'
    | 'digests'
    | 'rules'
    | 'desk'
    | 'publish'
    | 'images'
    | 'fetch'
    | 'stories'
    | 'duplicates'
    | 'credits'
    | 'announce'
    | 'enrich'
    | 'root'
    | 'worker'
  > &
    Pick<EditionSettings, 'channelImages'>;
  readonly store: Store;
  /** Of lists of which the store knows nothing, this is what they named last; missing: nothing was written down. */
  readonly lockedLists?: LockedLists;
  readonly fetcher: Fetcher;
  /** The round in which fetch workers send the requests; missing: this process does. */
  readonly remote?: RemoteRound;
  readonly reader: Reader;
  readonly pages: PageReader;
  /** Files that picture the section and its topics. */
  readonly channelIcons: readonly PartFile[];
  /** Files that picture sources, where the editor names one. */
  readonly sourceIcons: readonly SourceIconFile[];
  /** Of sources whose file is missing or no picture: a lost face stops nothing. */
  readonly iconWarnings: readonly SourceWarning[];
  /** Loads what reads pictures. */
  readonly pictures: () => Promise<PictureTools>;
  /** Fingerprint of the reading rules: see `ChangedItemsDeps`. */
  readonly rules: string;
  readonly tagging: Tagging;
  readonly sink: Sink;
  readonly writers: readonly Writer[];
  /** null: the site publishes no pages. */
  readonly theme: Theme | null;
  /** null: no hub is notified. */
  readonly hub: Hub | null;
  /** null: nothing is announced. */
  readonly poster: Poster | null;
  /** Runs what `enrich` names; null: the site names nothing. */
  readonly commands: CommandRunner | null;
  readonly clock: Clock;
  readonly observer: RunObserver;
}

/** By source; what publishing needs of their states. */
export type SourceStates = ReadonlyMap<SourceId, SourceFacts>;

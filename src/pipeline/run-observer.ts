/** Observers of a run: the terminal, the log, the worker's metrics. */
import type { BuildReport } from '../model/report.js';
import type { RestoreCause, RestoreReport } from '../model/restore-report.js';
import type { SourceId } from '../model/source.js';
import type { Ingested } from './read/ingest-result.js';

/** What sets an edition apart from the published one, without what tells of the last run (`status.*`). */
export interface EditionChange {
  /** Digests of files of which the bytes are new, by path. */
  readonly staged: ReadonlyMap<string, string>;
  readonly removed: readonly string[];
}

/** Called during a run; the results are in the report. */
export interface RunObserver {
  /** `asked`: the sources requested in this run. */
  start(total: number, asked: readonly SourceId[]): void;
  /** `rate-limited`: not requested, since a Retry-After for its host arrived meanwhile. */
  done(sourceId: SourceId, result: Ingested | 'rate-limited'): void;
  /** The machine's clock went back since the last run. */
  clockJumped?(message: string): void;
  /** Reading is done; organizing and publishing begin. */
  publishing?(): void;
  /** `topics`: labels of those whose feeds were written, in the order of the config. */
  published(topics: readonly string[], change: EditionChange): void;
  /** The report of a run that fails; the error follows. */
  failed?(report: BuildReport): void;
  /** A lost, older or damaged store was restored from the published edition. */
  restored?(report: RestoreReport, cause: RestoreCause): void;
  readonly meter?: RunMeter;
}

/** Durations of steps, in milliseconds. */
interface RunMeter {
  /** `bytes` on the wire. */
  fetched(ms: number, bytes: number): void;
  parsed(ms: number, format: string): void;
  published(ms: number, outcome: 'changed' | 'unchanged' | 'failed'): void;
}

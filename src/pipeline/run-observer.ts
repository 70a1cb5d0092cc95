/** Interface for observers of a run: the terminal, the log, the worker's metrics. */
import type { BuildReport } from '../model/report.js';
import type { RestoreCause, RestoreReport } from '../model/restore-report.js';
import type { SourceId } from '../model/source.js';
import type { Ingested } from './read/ingest-result.js';

/** Difference between an edition and the published one, without `status.*`. */
export interface EditionChange {
  /** Digests of new or changed files, by path. */
  readonly staged: ReadonlyMap<string, string>;
  readonly removed: readonly string[];
}

export interface RunObserver {
  /** `requested`: the sources that this run requests. */
  start(total: number, requested: readonly SourceId[]): void;
  /** `rate-limited`: not requested, because a Retry-After for its host arrived during the run. */
  done(sourceId: SourceId, result: Ingested | 'rate-limited'): void;
  /** The system clock went back since the last run. */
  clockJumped?(message: string): void;
  /** Reading has finished; organizing and publishing begin. */
  publishing?(): void;
  /** `topics`: labels of topics with written feeds, in config order. */
  published(topics: readonly string[], change: EditionChange): void;
  /** Report of a failed run, before its error is thrown. */
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

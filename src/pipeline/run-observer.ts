/** Who watches a run: a terminal, a summary, the metrics of the worker. */
import type { BuildReport } from '../model/report.js';
import type { SourceId } from '../model/source.js';
import type { Ingested } from './ingest/ingest.js';
import type { RestoreReport } from './restore/restore.js';

/** Told what happens while a run goes on; results come back as its report. */
export interface RunObserver {
  /** `asked`: the sources that are asked in this run. */
  start(total: number, asked: readonly SourceId[]): void;
  /** `rate-limited`: its host asked to be left alone while the source waited. */
  done(sourceId: SourceId, result: Ingested | 'rate-limited'): void;
  /** All that could be read was read: what came in is sorted and published now. */
  publishing?(): void;
  /** `topics`: labels of those whose feeds are new, in the order of the config. */
  published(topics: readonly string[]): void;
  /** What the run has done where it ends with an error, which follows. */
  failed?(report: BuildReport): void;
  /** The store was lost: it was made anew from what is published. */
  restored?(report: RestoreReport): void;
  readonly meter?: RunMeter;
}

/** Told how long things took, in milliseconds. */
interface RunMeter {
  /** `bytes` on the wire. */
  fetched(ms: number, bytes: number): void;
  parsed(ms: number, format: string): void;
  published(ms: number, outcome: 'changed' | 'unchanged' | 'failed'): void;
}

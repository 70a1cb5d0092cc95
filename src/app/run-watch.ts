/** Who watches a run: a terminal, a summary, the metrics of the worker. */
import type { BuildReport } from '../model/report.js';
import type { SourceId } from '../model/source.js';
import type { Ingested } from '../pipeline/ingest/ingest.js';
import type { RestoreReport } from './restore-site.js';

/** Told what happens while a run goes on; results come back as its report. */
export interface RunWatch {
  /** `asked`: the sources whose turn will come in this run. */
  start(total: number, asked: readonly SourceId[]): void;
  done(sourceId: SourceId, result: Ingested | 'held'): void;
  /** What the run had done when it could not publish, or not use the store any more; the error follows. */
  failed?(report: BuildReport): void;
  /** All that could be read was read: what came in is sorted and published now. */
  publishing?(): void;
  /** `topics`: labels of those whose feeds are new, in the order of the config. */
  published(topics: readonly string[]): void;
  /** The store was lost: it was made anew from what is published. */
  restored?(report: RestoreReport): void;
  readonly meter?: RunMeter;
}

/** Told how long things took, in milliseconds. */
export interface RunMeter {
  /** `bytes` on the wire. */
  fetched(ms: number, bytes: number): void;
  parsed(ms: number, format: string): void;
  published(ms: number, outcome: 'changed' | 'unchanged' | 'failed'): void;
}

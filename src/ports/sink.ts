/** Where files are published. */
import type { OutputFile } from '../model/edition.js';

export interface SinkResult {
  readonly written: readonly string[];
  readonly unchanged: number;
  readonly removed: readonly string[];
  /** Bytes written. */
  readonly bytes: number;
}

/** One edition on its way: nothing that readers see changes before `commit`. */
export interface Publishing {
  /** Bytes equal to what is published are not written. Once it is done, the caller may use the bytes again. Fails with `PublishError`. */
  put(file: OutputFile): Promise<'staged' | 'unchanged'>;
  /** How many files `commit` would replace. */
  readonly staged: number;
  /** Renames what was staged in an order in which no head ever names a file that is not there, then removes. */
  commit(remove: readonly string[]): Promise<SinkResult>;
  /** Leaves everything as it was. */
  abort(): Promise<void>;
}

/** A reader sees the old file or the new one, never half of one. */
export interface Sink {
  begin(): Promise<Publishing>;
  read(path: string): Promise<Uint8Array | null>;
  /** Size in bytes of each of these that lies in the folder. */
  sizes(paths: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

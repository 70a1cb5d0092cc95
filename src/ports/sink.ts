/** The target that files are published to. */
import type { OutputFile } from '../model/edition.js';

export interface SinkResult {
  readonly written: readonly string[];
  readonly unchanged: number;
  readonly removed: readonly string[];
  /** Bytes written. */
  readonly bytes: number;
  /** Change time of the file that was renamed last, as `changeTimes` tells it; null: none was renamed. */
  readonly renamedAt: number | null;
}

/** An edition being staged: readers see no change before `commit`. */
export interface Publishing {
  /** Skips bytes equal to the published file. The caller may reuse the buffer afterwards. Rejects with `PublishError`. */
  put(file: OutputFile): Promise<'staged' | 'unchanged'>;
  /** Renames the staged files, in an order in which no head ever links to a missing file, then deletes `remove`. */
  commit(remove: readonly string[]): Promise<SinkResult>;
  /** Discards the staged files. */
  abort(): Promise<void>;
}

/** For one run, save for a folder, which has no memory of its own. Each file is replaced atomically: readers see the old or the new one. */
export interface Sink {
  begin(): Promise<Publishing>;
  read(path: string): Promise<Uint8Array | null>;
  /** Sizes in bytes of those that exist; without those that are known to hold somebody else's bytes. */
  sizes(paths: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** When those that exist were last written or renamed: epoch milliseconds of the file system, or a count that only grows. */
  changeTimes(paths: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** `contentDigest` the bytes of those that exist. */
  digests(paths: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

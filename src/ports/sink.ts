/** The target that files are published to. */
import type { OutputFile } from '../model/edition.js';

export interface SinkResult {
  readonly written: readonly string[];
  readonly unchanged: number;
  readonly removed: readonly string[];
  readonly bytes: number;
  /** Change time of the last renamed file, in the unit of `changeTimes`; null: none was renamed. */
  readonly renamedAt: number | null;
}

/** An edition being staged. Readers see no change before `commit`. */
export interface Publishing {
  /** Skips bytes equal to the published file. The caller may reuse the buffer afterwards. Rejects with `PublishError`. */
  put(file: OutputFile): Promise<'staged' | 'unchanged'>;
  /** Renames staged files in an order in which no head links to a missing file, then deletes `remove`. */
  commit(remove: readonly string[]): Promise<SinkResult>;
  abort(): Promise<void>;
}

/** For one run; a folder may be reused. Replaces each file atomically. */
export interface Sink {
  begin(): Promise<Publishing>;
  read(path: string): Promise<Uint8Array | null>;
  /** Sizes in bytes of existing files, except those known to contain foreign bytes. */
  sizes(paths: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /**
   * When existing files were last written or renamed: epoch milliseconds of the file system, or a growing count. A folder's
   * changes with each file that is added, replaced or removed; a bucket has no folders.
   */
  changeTimes(paths: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** `contentDigest` of existing files. */
  digests(paths: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

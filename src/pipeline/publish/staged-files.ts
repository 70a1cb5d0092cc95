/** Tracks the files of an edition while it is staged: new, unchanged, and their sizes. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Manifest } from '../../compose/manifest.js';
import type { OutputFile } from '../../model/edition.js';
import type { Publishing } from '../../ports/sink.js';
import type { PublishedFile } from '../../ports/store/editions.js';
import { contentDigest } from '../../text/digest.js';

/** Yield to the event loop after this many files, since staging is synchronous. */
const FILES_PER_TURN = 32;

/** The files that may be in the folder before this edition. */
export interface FormerFiles {
  readonly recorded: ReadonlyMap<string, PublishedFile>;
  /** Paths that an interrupted edition may have left; null: none was interrupted. */
  readonly interrupted: readonly string[] | null;
  /** The manifest in the folder; null: the folder has none, or holds exactly what is recorded. */
  readonly manifest: Manifest | null;
}

export class StagedFiles {
  /** All files of this edition by path, written or kept. */
  readonly all = new Map<string, PublishedFile>();
  /** Digests of those whose bytes are new, by path. */
  readonly staged = new Map<string, string>();
  bytes = 0;

  constructor(
    private readonly publishing: Publishing,
    private readonly former: FormerFiles,
  ) {}

  /** Resolves when the file is staged; then its bytes may be reused. */
  async put(file: OutputFile, inputs: string | null = null): Promise<void> {
    const size = typeof file.bytes === 'string' ? Buffer.byteLength(file.bytes) : file.bytes.byteLength;
    this.all.set(file.path, { path: file.path, size, inputs });
    if (this.all.size % FILES_PER_TURN === 0) await nextTurn();
    if ((await this.publishing.put(file)) === 'unchanged') return;
    this.staged.set(file.path, contentDigest(file.bytes));
    this.bytes += size;
  }

  /** Keeps the published file. */
  keep(path: string): void {
    const file = this.former.recorded.get(path);
    if (file !== undefined && !this.all.has(path)) this.all.set(path, file);
  }

  /** New files, and those whose size or inputs differ from the record. */
  get changed(): PublishedFile[] {
    return [...this.all.values()].filter(({ path, size, inputs }) => {
      const known = this.former.recorded.get(path);
      return known?.size !== size || known.inputs !== inputs;
    });
  }

  /** Files of earlier editions that this edition does not contain. */
  get removals(): string[] {
    const { recorded, interrupted, manifest } = this.former;
    const known = [...recorded.keys(), ...(interrupted ?? []), ...(manifest?.paths ?? [])];
    return [...new Set(known.filter((path) => !this.all.has(path)))].sort();
  }
}

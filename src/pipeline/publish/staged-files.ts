/** Tracks new and unchanged files of an edition while it is staged. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Manifest } from '../../compose/manifest.js';
import type { OutputFile } from '../../model/edition.js';
import type { Publishing } from '../../ports/sink.js';
import type { PublishedFile } from '../../ports/store/editions.js';
import { contentDigest } from '../../text/digest.js';

/** Yields to the event loop after this many files, because staging is synchronous. */
const FILES_PER_TURN = 32;

export interface FormerFiles {
  readonly recorded: ReadonlyMap<string, PublishedFile>;
  /** Paths that an interrupted edition may have left; null: no interruption. */
  readonly interrupted: readonly string[] | null;
  /** Manifest in the folder; null: missing, or identical to the record. */
  readonly manifest: Manifest | null;
}

export class StagedFiles {
  /** All files by path, written or kept. */
  readonly all = new Map<string, PublishedFile>();
  /** Digests of changed files, by path. */
  readonly staged = new Map<string, string>();
  bytes = 0;

  constructor(
    private readonly publishing: Publishing,
    private readonly former: FormerFiles,
  ) {}

  /** Resolves once the file is staged; its bytes may be reused then. */
  async put({ path, bytes: given }: OutputFile, inputs: string | null = null): Promise<void> {
    const bytes = typeof given === 'string' ? Buffer.from(given) : given;
    const size = bytes.byteLength;
    this.all.set(path, { path, size, inputs });
    if (this.all.size % FILES_PER_TURN === 0) await nextTurn();
    if ((await this.publishing.put({ path, bytes })) === 'unchanged') return;
    this.staged.set(path, contentDigest(bytes));
    this.bytes += size;
  }

  keep(path: string): void {
    const file = this.former.recorded.get(path);
    if (file !== undefined && !this.all.has(path)) this.all.set(path, file);
  }

  /** New files, and files with another size or other inputs than recorded. */
  get changed(): PublishedFile[] {
    return [...this.all.values()].filter(({ path, size, inputs }) => {
      const known = this.former.recorded.get(path);
      return known?.size !== size || known.inputs !== inputs;
    });
  }

  get removals(): string[] {
    const { recorded, interrupted, manifest } = this.former;
    const known = [...recorded.keys(), ...(interrupted ?? []), ...(manifest?.paths ?? [])];
    return [...new Set(known.filter((path) => !this.all.has(path)))].sort();
  }
}

/** What the store keeps of files that rarely change once written, so that a run need not read and check all of them. */
import { dirname } from 'node:path/posix';
import type { Sink } from '../../ports/sink.js';
import type { EditionStore, PublishedFile } from '../../ports/store/editions.js';
import { ARCHIVE_FOLDER } from '../../write/address.js';
import { COPIES } from './pictures/copy-path.js';

/** Folders that gain files with every article, in path order. */
export const SEALED_FOLDERS = [ARCHIVE_FOLDER, 'articles/', COPIES, 'stories/'];

export interface SealedFiles {
  readonly files: number;
  readonly archives: number;
  /** Path of the last checked file; the next check continues there. */
  readonly after: string;
  /** `Sink.changeTimes` of their folders before they were checked or after they were written. A lost file changes its folder. */
  readonly folders: Readonly<Record<string, number>>;
}

/** Up to this number, all are checked in every run. */
const FEW = 2_000;
const BATCH = 5_000;
const SEALED = 'sealed';

/** null: few files, or nothing is known of them. */
export async function readSealed(store: Pick<EditionStore, 'readJson'>): Promise<SealedFiles | null> {
  return await store.readJson<SealedFiles>(SEALED);
}

export async function saveSealed(store: EditionStore, sealed: SealedFiles | null): Promise<void> {
  const text = sealed && JSON.stringify(sealed);
  if ((await store.meta(SEALED)) !== text) await store.saveMeta(SEALED, text);
}

/** In path order, in batches. */
export async function* readSealedFiles(
  store: Pick<EditionStore, 'publishedFiles'>,
  { after, limit }: { readonly after: string; readonly limit: number },
): AsyncIterable<readonly PublishedFile[]> {
  let [last, left] = [after, limit];
  for (const inside of SEALED_FOLDERS.filter((folder) => folder >= after || after.startsWith(folder))) {
    if (!last.startsWith(inside)) last = inside;
    for (let length = BATCH; length === BATCH && left > 0; left -= length) {
      const files = await store.publishedFiles({ inside, after: last, limit: Math.min(left, BATCH) });
      length = files.length;
      if (length === 0) continue;
      last = files.at(-1)!.path;
      yield files;
    }
  }
}

/** Counts files and notes the times of their folders. */
export class SealedTally {
  files = 0;
  archives = 0;
  readonly #folders: Record<string, number> = {};

  constructor(private readonly sink: Pick<Sink, 'changeTimes'>) {}

  /** Ignores other files. Call before they are checked or after they are written. */
  async add(paths: Iterable<string>): Promise<void> {
    const sealed = [...paths].filter((path) => SEALED_FOLDERS.some((folder) => path.startsWith(folder)));
    const folders = new Set(sealed.map((path) => dirname(path)));
    const times = await this.sink.changeTimes([...folders].filter((folder) => !Object.hasOwn(this.#folders, folder)));
    Object.assign(this.#folders, Object.fromEntries(times));
    this.files += sealed.length;
    this.archives += sealed.filter((path) => path.startsWith(ARCHIVE_FOLDER)).length;
  }

  /** null: few. */
  toSealedFiles(after: string): SealedFiles | null {
    const { files, archives } = this;
    return files <= FEW ? null : { files, archives, after, folders: this.#folders };
  }
}

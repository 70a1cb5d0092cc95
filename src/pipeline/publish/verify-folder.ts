/** Checks whether the published folder still contains the recorded files: a part of a long archive per run, all others always. */
import type { Sink } from '../../ports/sink.js';
import type { PublishedFile } from '../../ports/store/editions.js';
import type { Store } from '../../ports/store/store.js';
import { ARCHIVE_FOLDER } from '../../write/address.js';
import { compareWithNote, type PublishedNote, readPublishedNote } from './commit-note.js';

export interface VerifiedFolder {
  /** Recorded files outside of the archive, by path. */
  readonly current: ReadonlyMap<string, PublishedFile>;
  /** Number of recorded files in the archive. */
  readonly archives: number;
  /** Remembered, checked, and missing, of another size, or not as the last edition wrote it. */
  readonly broken: ReadonlySet<string>;
  /** Removed by the last edition, but there again. */
  readonly leftOver: readonly string[];
  readonly note: PublishedNote;
}

/** Archives with at most this many files are checked completely in every run. */
const FEW = 2_000;
/** Number of parts of a longer archive. A prime, so that no interval between runs always selects the same part. */
const PARTS = 23;
const QUARTER_HOUR = 900_000;

/** Reads rows and sizes: of all that lies outside of the archive (the pages of articles, too), and of a twenty-third of a long one; and those files of the last edition that were written to since, after a start of the machine all. */
export async function verifyFolder(
  store: Store,
  sink: Pick<Sink, 'sizes' | 'changeTimes' | 'digests'>,
  { now, boot }: { readonly now: Date; readonly boot: string },
): Promise<VerifiedFolder> {
  const current = await store.publishedFiles({ outside: ARCHIVE_FOLDER });
  const archives = await store.countPublished(ARCHIVE_FOLDER);
  const part = await store.publishedFiles({ inside: ARCHIVE_FOLDER, ...partToCheck(archives, now) });
  const note = await readPublishedNote(store);
  const { broken, leftOver } = await compareWithNote(note, sink, boot);
  return {
    note,
    leftOver,
    current: new Map(current.map((file) => [file.path, file])),
    archives,
    broken: new Set([...broken, ...(await brokenFiles(sink, [...current, ...part]))]),
  };
}

/** The part of `count` files to check in this run. */
function partToCheck(count: number, now: Date): { readonly from: number; readonly limit: number } {
  if (count <= FEW) return { from: 0, limit: count };
  const limit = Math.ceil(count / PARTS);
  return { from: (Math.floor(now.getTime() / QUARTER_HOUR) % PARTS) * limit, limit };
}

/** Files that are missing or of a different size than recorded. */
export async function brokenFiles(
  sink: Pick<Sink, 'sizes'>,
  files: readonly PublishedFile[],
): Promise<ReadonlySet<string>> {
  const sizes = await sink.sizes(files.map(({ path }) => path));
  return new Set(files.filter(({ path, size }) => sizes.get(path) !== size).map(({ path }) => path));
}

/** Checks that the published folder contains the recorded files; of a long archive, one part per run. */
import type { Sink } from '../../ports/sink.js';
import type { PublishedFile } from '../../ports/store/editions.js';
import type { Store } from '../../ports/store/store.js';
import { ARCHIVE_FOLDER } from '../../write/address.js';
import { compareWithNote, type PublishedNote, readPublishedNote } from './commit-note.js';

export interface VerifiedFolder {
  readonly current: ReadonlyMap<string, PublishedFile>;
  readonly archives: number;
  /** Recorded and checked, but missing, of another size, or different from what was written. */
  readonly broken: ReadonlySet<string>;
  /** Removed by the last edition, but present again. */
  readonly leftOver: readonly string[];
  readonly note: PublishedNote;
}

/** Archives up to this size are checked completely in every run. */
const FEW = 2_000;
/** Number of parts of a longer archive. A prime, so that no interval between runs selects the same part every time. */
const PARTS = 23;
const QUARTER_HOUR = 900_000;

/**
 * Compares sizes only, of a long archive one part. Reads files of the last edition that changed since; after a reboot
 * all.
 */
export async function verifyFolder(
  store: Store,
  sink: Pick<Sink, 'sizes' | 'changeTimes' | 'digests'>,
  { now, boot }: { readonly now: Date; readonly boot: string },
): Promise<VerifiedFolder> {
  const current = await store.publishedFiles({ outside: ARCHIVE_FOLDER });
  const archives = await store.countPublished(ARCHIVE_FOLDER);
  const part = await store.publishedFiles({ inside: ARCHIVE_FOLDER, ...selectPart(archives, now) });
  const note = await readPublishedNote(store);
  const { broken, leftOver } = await compareWithNote(note, sink, boot);
  return {
    note,
    leftOver,
    current: new Map(current.map((file) => [file.path, file])),
    archives,
    broken: new Set([...broken, ...(await findBrokenFiles(sink, [...current, ...part]))]),
  };
}

function selectPart(count: number, now: Date): { readonly from: number; readonly limit: number } {
  if (count <= FEW) return { from: 0, limit: count };
  const limit = Math.ceil(count / PARTS);
  return { from: (Math.floor(now.getTime() / QUARTER_HOUR) % PARTS) * limit, limit };
}

export async function findBrokenFiles(
  sink: Pick<Sink, 'sizes'>,
  files: readonly PublishedFile[],
): Promise<ReadonlySet<string>> {
  const sizes = await sink.sizes(files.map(({ path }) => path));
  return new Set(files.filter(({ path, size }) => sizes.get(path) !== size).map(({ path }) => path));
}

/** Checks that the published folder contains the recorded files; of many old files, one part per run. */
import type { Sink } from '../../ports/sink.js';
import type { EditionStore, PublishedFile } from '../../ports/store/editions.js';
import { compareWithNote, type PublishedNote, readPublishedNote } from './commit-note.js';
import { readSealed, readSealedFiles, SEALED_FOLDERS, type SealedFiles, SealedTally } from './sealed-files.js';

export interface VerifiedFolder {
  /** Files outside the sealed folders. */
  readonly current: ReadonlyMap<string, PublishedFile>;
  /** Number of all files. */
  readonly files: number;
  readonly archives: number;
  /** To save if nothing is broken. */
  readonly sealed: SealedFiles | null;
  /** Recorded and checked, but missing, of another size, or different from what was written. */
  readonly broken: ReadonlySet<string>;
  /** Removed by the last edition, but present again. */
  readonly leftOver: readonly string[];
  readonly note: PublishedNote;
}

type CheckedSink = Pick<Sink, 'sizes' | 'changeTimes' | 'digests'>;

/** Number of runs that check all of many sealed files. */
const PARTS = 23;

/**
 * Compares sizes only; of many sealed files one part, or all if one of their folders changed. Reads files of the last
 * edition that changed since; after a reboot all.
 */
export async function verifyFolder(store: EditionStore, sink: CheckedSink, boot: string): Promise<VerifiedFolder> {
  const note = await readPublishedNote(store);
  const { broken, leftOver } = await compareWithNote(note, sink, boot);
  const current = await store.publishedFiles({ outside: SEALED_FOLDERS });
  const known = await readSealed(store);
  const isUntouched = known !== null && (await haveTimes(known.folders, sink));
  const { lost, files, archives, sealed } = await (isUntouched ? checkPart(known, store, sink) : checkAll(store, sink));
  return {
    note,
    leftOver,
    current: new Map(current.map((file) => [file.path, file])),
    files: current.length + files,
    archives,
    sealed,
    broken: new Set([...broken, ...lost, ...(await findBrokenFiles(sink, current))]),
  };
}

async function haveTimes(folders: SealedFiles['folders'], sink: CheckedSink): Promise<boolean> {
  const times = await sink.changeTimes(Object.keys(folders));
  return Object.entries(folders).every(([folder, time]) => times.get(folder) === time);
}

async function checkPart(known: SealedFiles, store: EditionStore, sink: CheckedSink) {
  const limit = Math.ceil(known.files / PARTS);
  const lost: string[] = [];
  let [after, left] = [known.after, limit];
  for await (const files of readSealedFiles(store, { after, limit })) {
    lost.push(...(await findBrokenFiles(sink, files)));
    after = files.at(-1)!.path;
    left -= files.length;
  }
  return { ...known, lost, sealed: { ...known, after: left > 0 ? '' : after } };
}

async function checkAll(store: EditionStore, sink: CheckedSink) {
  const tally = new SealedTally(sink);
  const lost: string[] = [];
  for await (const files of readSealedFiles(store, { after: '', limit: Number.MAX_SAFE_INTEGER })) {
    await tally.add(files.map(({ path }) => path));
    lost.push(...(await findBrokenFiles(sink, files)));
  }
  const { files, archives } = tally;
  return { lost, files, archives, sealed: tally.toSealedFiles('') };
}

export async function findBrokenFiles(
  sink: Pick<Sink, 'sizes'>,
  files: readonly PublishedFile[],
): Promise<ReadonlySet<string>> {
  const sizes = await sink.sizes(files.map(({ path }) => path));
  return new Set(files.filter(({ path, size }) => sizes.get(path) !== size).map(({ path }) => path));
}

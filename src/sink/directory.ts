/** The published folder: every file is renamed to its place whole, unchanged ones are not touched, and nothing is removed that we were not told of. */
import { readFileSync, renameSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { OutputFile } from '../model/edition.js';
import type { Publishing, Sink, SinkResult } from '../ports/sink.js';
import { contentDigest } from '../text/digest.js';
import { publishFailure } from './failure.js';
import { readIfThere, rmdirIfEmpty, statIfThere, unlinkIfThere } from './missing-files.js';
import { byRank, renameRank } from './rename-order.js';
import { ancestors, leadsOut, placeInside } from './safe-path.js';
import { sweep, TemporaryFiles } from './temporary-files.js';

/** Files are staged, looked at and renamed synchronously: after so many the event loop gets a turn. */
const LOOKED_AT_IN_ONE_TURN = 1000;
const RENAMED_IN_ONE_TURN = 100;
const READ_IN_ONE_TURN = 32;

/** A file of this edition, written beside its place. */
interface StagedFile {
  readonly temporary: string;
  /** Whether another version stands in its place. */
  readonly replaces: boolean;
  /** Bytes. */
  readonly size: number;
}

type StagedByPath = ReadonlyMap<string, StagedFile>;

/** `dir` need not exist. What `begin` gives is for one edition: `put` any number, then `commit` or `abort`. */
export function createDirectorySink(dir: string): Sink {
  return {
    begin: () =>
      withPublishErrors(dir, () => {
        sweep(dir);
        return beginEdition(dir);
      }),
    read: (path) => withPublishErrors(dir, () => readIfThere(placeInside(dir, path))),
    sizes: (paths) => withPublishErrors(dir, () => sizes(dir, paths)),
    digests: (paths) => withPublishErrors(dir, () => digests(dir, paths)),
  };
}

/** Runs `work` and gives its errors their names. */
async function withPublishErrors<R>(dir: string, work: () => R | Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    throw publishFailure(error, dir);
  }
}

function beginEdition(dir: string): Publishing {
  const staged = new Map<string, StagedFile>();
  const temporaries = new TemporaryFiles(dir);
  let unchanged = 0;

  function put(file: OutputFile): 'staged' | 'unchanged' {
    const bytes = typeof file.bytes === 'string' ? Buffer.from(file.bytes) : file.bytes;
    const before = compareWithPublished(placeInside(dir, file.path), bytes);
    if (before === 'same') {
      unchanged++;
      return 'unchanged';
    }
    const temporary = temporaries.write(file.path, bytes);
    staged.set(file.path, { temporary, replaces: before === 'other', size: bytes.length });
    return 'staged';
  }
  async function commit(remove: readonly string[]): Promise<SinkResult> {
    await renameAll(dir, staged);
    const removed = removeAll(
      dir,
      remove.filter((path) => !staged.has(path)),
    );
    temporaries.end();
    const bytes = [...staged.values()].reduce((sum, { size }) => sum + size, 0);
    return { written: [...staged.keys()].sort(byRank), unchanged, removed, bytes };
  }
  return {
    put: (file) => withPublishErrors(dir, () => put(file)),
    get staged() {
      return staged.size;
    },
    commit: (remove) => withPublishErrors(dir, () => commit(remove)),
    abort: () => withPublishErrors(dir, () => temporaries.drop()),
  };
}

/** What stands in the place of these bytes: the size tells most differences without reading. */
function compareWithPublished(place: string, bytes: Uint8Array): 'same' | 'other' | 'nothing' {
  const found = statIfThere(place);
  if (found === null) return 'nothing';
  if (!found.isFile() || found.size !== bytes.length) return 'other';
  return readFileSync(place).equals(bytes) ? 'same' : 'other';
}

async function renameAll(dir: string, staged: StagedByPath): Promise<void> {
  const inOrder = [...staged].sort(
    ([a, fileA], [b, fileB]) => renameTurn(a, fileA) - renameTurn(b, fileB) || (a < b ? -1 : 1),
  );
  for (const [i, [path, { temporary }]] of inOrder.entries()) {
    if (i % RENAMED_IN_ONE_TURN === RENAMED_IN_ONE_TURN - 1) await nextTurn();
    renameSync(temporary, placeInside(dir, path));
  }
}

/** An archive document that gets its next-archive comes before the new one: who finds that one finds the old one finished. */
function renameTurn(path: string, { replaces }: StagedFile): number {
  return renameRank(path) + (replaces ? 0 : 0.5);
}

/** Last in the order of renames goes first, so that nothing names what is gone; then the folders that this left empty. */
function removeAll(dir: string, paths: readonly string[]): readonly string[] {
  const places = [...paths].sort(byRank).reverse();
  const removed = places.filter((path) => {
    const place = placeInside(dir, path);
    return !leadsOut(dir, path) && unlinkIfThere(place);
  });
  const parents = new Set(removed.flatMap(ancestors));
  for (const parent of [...parents].sort((a, b) => b.length - a.length)) rmdirIfEmpty(placeInside(dir, parent));
  return removed;
}

async function sizes(dir: string, paths: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (const [i, path] of paths.entries()) {
    if (i % LOOKED_AT_IN_ONE_TURN === LOOKED_AT_IN_ONE_TURN - 1) await nextTurn();
    const file = statIfThere(placeInside(dir, path));
    if (file?.isFile()) found.set(path, file.size);
  }
  return found;
}

async function digests(dir: string, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const [i, path] of paths.entries()) {
    if (i % READ_IN_ONE_TURN === READ_IN_ONE_TURN - 1) await nextTurn();
    const bytes = readIfThere(placeInside(dir, path));
    if (bytes !== null) found.set(path, contentDigest(bytes));
  }
  return found;
}

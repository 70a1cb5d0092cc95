/** The published folder: every file is renamed to its place whole, unchanged ones are not touched, and nothing is removed that we were not told of. */
import { type Stats, statSync } from 'node:fs';
import { readFile, rename, rmdir, stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type { OutputFile } from '../model/edition.js';
import type { Publishing, Sink, SinkResult } from '../ports.js';
import { publishFailure } from './failure.js';
import { ancestors, leadsOut, placeInside } from './inside.js';
import { ignoreFilled, ignoreMissing } from './missing.js';
import { byRank, renameRank } from './rank.js';
import { type Slot, slots } from './slots.js';
import { openTemporaries, sweep, unlinkIfThere } from './temporary.js';

/** Files that are written or looked at in one moment. */
const AT_ONCE = 16;
const IN_ONE_GO = 1000;

/** A file of this edition, written beside its place. */
interface Staged {
  readonly temporary: string;
  /** Whether another version stands in its place. */
  readonly replaces: boolean;
  /** Bytes. */
  readonly size: number;
}

type Failing = <R>(work: Promise<R>) => Promise<R>;

/** `dir` need not exist. What `begin` gives is for one edition: `put` any number at once, then `commit` or `abort`. */
export function createDirectorySink(dir: string): Sink {
  const failing: Failing = (work) =>
    work.catch((error: unknown) => {
      throw publishFailure(error, dir);
    });
  return {
    begin: async () => {
      await failing(sweep(dir));
      return publishing(dir, failing);
    },
    read: async (path) => failing(readOrNull(placeInside(dir, path))),
    sizes: (paths) => failing(sizes(dir, paths)),
  };
}

function publishing(dir: string, failing: Failing): Publishing {
  const staged = new Map<string, Staged>();
  const temporaries = openTemporaries(dir);
  const slot = slots(AT_ONCE);
  let unchanged = 0;

  async function put(file: OutputFile): Promise<'staged' | 'unchanged'> {
    const bytes = typeof file.bytes === 'string' ? Buffer.from(file.bytes) : file.bytes;
    const before = await compare(placeInside(dir, file.path), bytes);
    if (before === 'same') {
      unchanged++;
      return 'unchanged';
    }
    const temporary = await temporaries.write(file.path, bytes);
    staged.set(file.path, { temporary, replaces: before === 'other', size: bytes.length });
    return 'staged';
  }
  async function commit(remove: readonly string[]): Promise<SinkResult> {
    const written = [...staged.keys()].sort(byRank);
    await renameAll(dir, written, staged, slot);
    const gone = remove.filter((path) => !staged.has(path));
    const removed = await removeAll(dir, gone);
    await temporaries.end();
    const bytes = [...staged.values()].reduce((sum, { size }) => sum + size, 0);
    return { written, unchanged, removed, bytes };
  }
  return {
    put: (file) => failing(slot(() => put(file))),
    get staged() {
      return staged.size;
    },
    commit: (remove) => failing(commit(remove)),
    abort: () => failing(temporaries.drop()),
  };
}

/** What stands in the place of these bytes: the size tells most differences without reading. */
async function compare(place: string, bytes: Uint8Array): Promise<'same' | 'other' | 'nothing'> {
  const found = statOrUndefined(place);
  if (found === undefined) return 'nothing';
  if (!found.isFile() || found.size !== bytes.length) return 'other';
  return (await readFile(place)).equals(bytes) ? 'same' : 'other';
}

/** Turn by turn: those of one turn do not wait for each other. */
async function renameAll(
  dir: string,
  paths: readonly string[],
  staged: ReadonlyMap<string, Staged>,
  slot: Slot,
): Promise<void> {
  const turn = (path: string) => renameTurn(path, staged.get(path)!.replaces);
  for (const now of [...new Set(paths.map(turn))].sort((a, b) => a - b)) {
    const together = paths.filter((path) => turn(path) === now);
    await allSettled(together.map((path) => slot(() => rename(staged.get(path)!.temporary, placeInside(dir, path)))));
  }
}

/** An archive document that gets its next-archive comes before the new one: who finds that one finds the old one finished. */
function renameTurn(path: string, replaces: boolean): number {
  return renameRank(path) + (replaces ? 0 : 0.5);
}

/** Fails like the first that failed, but only when none is under way any more. */
async function allSettled(work: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(work)).find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}

/** Last in the order of renames goes first, so that nothing names what is gone; then the folders that this left empty. */
async function removeAll(dir: string, paths: readonly string[]): Promise<readonly string[]> {
  const removed: string[] = [];
  for (const path of [...paths].sort(byRank).reverse()) {
    const place = placeInside(dir, path);
    if (!(await leadsOut(dir, path)) && (await unlinkIfThere(place))) removed.push(path);
  }
  const parents = new Set(removed.flatMap(ancestors));
  for (const parent of [...parents].sort((a, b) => b.length - a.length)) {
    await rmdir(placeInside(dir, parent)).catch(ignoreFilled);
  }
  return removed;
}

/** Looked at in one go: thousands of files are asked for, and a trip through the thread pool costs more than the answer. */
async function sizes(dir: string, paths: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (const [i, path] of paths.entries()) {
    if (i % IN_ONE_GO === IN_ONE_GO - 1) await setImmediate();
    const file = sizeOf(placeInside(dir, path));
    if (file !== null) found.set(path, file);
  }
  return found;
}

function sizeOf(place: string): number | null {
  const file = statOrUndefined(place);
  return file?.isFile() ? file.size : null;
}

function statOrUndefined(place: string): Stats | undefined {
  try {
    return statSync(place, { throwIfNoEntry: false });
  } catch (error) {
    return ignoreMissing(error);
  }
}

/** What is no file is none of ours: a folder has no bytes, and those of a pipe never come. */
async function readOrNull(place: string): Promise<Uint8Array | null> {
  const found = await stat(place).catch(ignoreMissing);
  return found?.isFile() ? ((await readFile(place).catch(ignoreMissing)) ?? null) : null;
}

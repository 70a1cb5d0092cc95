/** The published folder: every file is renamed to its place whole, unchanged ones are not touched, and nothing is removed that we were not told of. */
import { renameSync, type Stats, statSync } from 'node:fs';
import { readFile, rmdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { OutputFile } from '../model/edition.js';
import type { Publishing, Sink, SinkResult } from '../ports/sink.js';
import { publishFailure } from './failure.js';
import { ancestors, leadsOut, placeInside } from './inside.js';
import { ignoreFilled, ignoreMissing } from './missing.js';
import { byRank, renameRank } from './rank.js';
import { slots } from './slots.js';
import { openTemporaries, sweep, unlinkIfThere } from './temporary.js';

/** Files that are written in one moment. */
const AT_ONCE = 16;
/** A trip through the thread pool costs more than looking at a file or renaming it; so many of them hold up nobody. */
const LOOKED_AT_IN_ONE_GO = 1000;
const RENAMED_IN_ONE_GO = 100;

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
  const missing = missingFolders();
  const slot = slots(AT_ONCE);
  let unchanged = 0;

  async function put(file: OutputFile): Promise<'staged' | 'unchanged'> {
    const bytes = typeof file.bytes === 'string' ? Buffer.from(file.bytes) : file.bytes;
    const place = placeInside(dir, file.path);
    const before = missing(dirname(place)) ? 'nothing' : await compare(place, bytes);
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
    await renameAll(dir, written, staged);
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

/** Whether a folder was there when we first asked: in the place of a new folder's files there is nothing to be compared. */
function missingFolders(): (folder: string) => boolean {
  const missing = new Map<string, boolean>();
  return (folder) => {
    const known = missing.get(folder) ?? statOrUndefined(folder) === undefined;
    missing.set(folder, known);
    return known;
  };
}

/** What stands in the place of these bytes: the size tells most differences without reading. */
async function compare(place: string, bytes: Uint8Array): Promise<'same' | 'other' | 'nothing'> {
  const found = statOrUndefined(place);
  if (found === undefined) return 'nothing';
  if (!found.isFile() || found.size !== bytes.length) return 'other';
  return (await readFile(place)).equals(bytes) ? 'same' : 'other';
}

/** Turn by turn. */
async function renameAll(dir: string, paths: readonly string[], staged: ReadonlyMap<string, Staged>): Promise<void> {
  const turns = paths.map((path) => ({ path, turn: renameTurn(path, staged.get(path)!.replaces) }));
  for (const [i, { path }] of turns.sort((a, b) => a.turn - b.turn).entries()) {
    if (i % RENAMED_IN_ONE_GO === RENAMED_IN_ONE_GO - 1) await setImmediate();
    renameSync(staged.get(path)!.temporary, placeInside(dir, path));
  }
}

/** An archive document that gets its next-archive comes before the new one: who finds that one finds the old one finished. */
function renameTurn(path: string, replaces: boolean): number {
  return renameRank(path) + (replaces ? 0 : 0.5);
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

async function sizes(dir: string, paths: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  for (const [i, path] of paths.entries()) {
    if (i % LOOKED_AT_IN_ONE_GO === LOOKED_AT_IN_ONE_GO - 1) await setImmediate();
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

/** Writes the published folder: renames changed files into place, leaves others untouched, removes only known files. */
import { readFileSync, renameSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { OutputFile } from '../model/edition.js';
import type { Publishing, Sink, SinkResult } from '../ports/sink.js';
import { contentDigest } from '../text/digest.js';
import { publishFailure, withPublishErrors } from './failure.js';
import { lstatIfThere, readIfThere, rmdirIfEmpty, statIfThere, unlinkIfThere } from './missing-files.js';
import { byRank, renameTurn } from './rename-order.js';
import { ancestors, leadsOut, placeInside } from './safe-path.js';
import { sweep, TemporaryFiles } from './temporary-files.js';

/** Files per turn of the event loop: staging, comparing and renaming are synchronous. */
const LOOKED_AT_IN_ONE_TURN = 1000;
const RENAMED_IN_ONE_TURN = 100;
const READ_IN_ONE_TURN = 32;

interface StagedFile {
  readonly temporary: string;
  /** Whether an older version exists. */
  readonly replaces: boolean;
  /** In bytes. */
  readonly size: number;
}

type StagedByPath = ReadonlyMap<string, StagedFile>;

/** `dir` may be missing. `begin` starts one edition: any number of `put`, then `commit` or `abort`. */
export function createDirectorySink(dir: string): Sink {
  return {
    begin: () =>
      withPublishErrors(dir, () => {
        sweep(dir);
        return new FolderEdition(dir);
      }),
    read: (path) => withPublishErrors(dir, () => readIfThere(placeInside(dir, path))),
    sizes: (paths) => withPublishErrors(dir, () => sizes(dir, paths)),
    changeTimes: (paths) => withPublishErrors(dir, () => changeTimes(dir, paths)),
    digests: (paths) => withPublishErrors(dir, () => digests(dir, paths)),
  };
}

class FolderEdition implements Publishing {
  readonly #dir: string;
  readonly #staged = new Map<string, StagedFile>();
  readonly #temporaries: TemporaryFiles;
  #unchanged = 0;

  constructor(dir: string) {
    this.#dir = dir;
    this.#temporaries = new TemporaryFiles(dir);
  }

  async put({ path, bytes: given }: OutputFile): Promise<'staged' | 'unchanged'> {
    try {
      const bytes = typeof given === 'string' ? Buffer.from(given) : given;
      const before = compareWithPublished(placeInside(this.#dir, path), bytes);
      if (before === 'same') {
        this.#unchanged++;
        return 'unchanged';
      }
      const temporary = this.#temporaries.write(path, bytes);
      this.#staged.set(path, { temporary, replaces: before === 'other', size: bytes.length });
      return 'staged';
    } catch (error) {
      throw publishFailure(error, this.#dir);
    }
  }

  commit(remove: readonly string[]): Promise<SinkResult> {
    return withPublishErrors(this.#dir, async () => {
      const staged = this.#staged;
      const renamedAt = await renameAll(this.#dir, staged);
      const removed = removeAll(
        this.#dir,
        remove.filter((path) => !staged.has(path)),
      );
      this.#temporaries.end();
      const bytes = [...staged.values()].reduce((sum, { size }) => sum + size, 0);
      return { written: [...staged.keys()].sort(byRank), unchanged: this.#unchanged, removed, bytes, renamedAt };
    });
  }

  abort(): Promise<void> {
    return withPublishErrors(this.#dir, () => this.#temporaries.drop());
  }
}

/** A different size is detected without reading the file. */
function compareWithPublished(place: string, bytes: Uint8Array): 'same' | 'other' | 'nothing' {
  const found = statIfThere(place);
  if (found === null) return 'nothing';
  if (!found.isFile() || found.size !== bytes.length) return 'other';
  return readFileSync(place).equals(bytes) ? 'same' : 'other';
}

async function renameAll(dir: string, staged: StagedByPath): Promise<number | null> {
  const inOrder = [...staged].sort(
    ([a, fileA], [b, fileB]) => renameTurn(a, fileA.replaces) - renameTurn(b, fileB.replaces) || (a < b ? -1 : 1),
  );
  for (const [i, [path, { temporary }]] of inOrder.entries()) {
    if (i % RENAMED_IN_ONE_TURN === RENAMED_IN_ONE_TURN - 1) await nextTurn();
    renameSync(temporary, placeInside(dir, path));
  }
  const last = inOrder.at(-1);
  return last === undefined ? null : (lstatIfThere(placeInside(dir, last[0]))?.ctimeMs ?? null);
}

/** Removes files in reverse order of renaming, so that no link leads to a missing file; then removes empty folders. */
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

function sizes(dir: string, paths: readonly string[]): Promise<ReadonlyMap<string, number>> {
  return lookAtEach(paths, LOOKED_AT_IN_ONE_TURN, (path) => {
    const file = statIfThere(placeInside(dir, path));
    return file?.isFile() ? file.size : null;
  });
}

function changeTimes(dir: string, paths: readonly string[]): Promise<ReadonlyMap<string, number>> {
  return lookAtEach(paths, LOOKED_AT_IN_ONE_TURN, (path) => lstatIfThere(placeInside(dir, path))?.ctimeMs ?? null);
}

function digests(dir: string, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return lookAtEach(paths, READ_IN_ONE_TURN, (path) => {
    const bytes = readIfThere(placeInside(dir, path));
    return bytes && contentDigest(bytes);
  });
}

/** Results of `look` by path, without null. */
async function lookAtEach<T>(
  paths: readonly string[],
  inOneTurn: number,
  look: (path: string) => T | null,
): Promise<ReadonlyMap<string, T>> {
  const found = new Map<string, T>();
  for (const [i, path] of paths.entries()) {
    if (i % inOneTurn === inOneTurn - 1) await nextTurn();
    const one = look(path);
    if (one !== null) found.set(path, one);
  }
  return found;
}

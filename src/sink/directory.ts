/** Writes the published folder: renames changed files into place, leaves others untouched, removes only known files. */
import { readFileSync, renameSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { OutputFile } from '../model/edition.js';
import type { Publishing, Sink, SinkResult } from '../ports/sink.js';
import { contentDigest } from '../text/digest.js';
import { toPublishError, withPublishErrors } from './failure.js';
import { lstatIfExists, readIfExists, rmdirIfEmpty, statIfExists, unlinkIfExists } from './missing-files.js';
import { compareRanks, renameTurn } from './rename-order.js';
import { hasLinkedParent, listAncestors, resolveInside } from './safe-path.js';
import { removeLeftovers, TemporaryFiles } from './temporary-files.js';

/** Files per turn of the event loop: staging, comparing and renaming are synchronous. */
const INSPECTED_PER_TURN = 1000;
const RENAMED_PER_TURN = 100;
const READ_PER_TURN = 32;

interface StagedFile {
  readonly temporary: string;
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
        removeLeftovers(dir);
        return new FolderEdition(dir);
      }),
    read: (path) => withPublishErrors(dir, () => readIfExists(resolveInside(dir, path))),
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
      const place = resolveInside(this.#dir, path);
      const before = this.#temporaries.hasCreatedFolder(place) ? 'nothing' : compareWithPublished(place, bytes);
      if (before === 'same') {
        this.#unchanged++;
        return 'unchanged';
      }
      const temporary = this.#temporaries.write(path, place, bytes);
      this.#staged.set(path, { temporary, replaces: before === 'other', size: bytes.length });
      return 'staged';
    } catch (error) {
      throw toPublishError(error, this.#dir);
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
      this.#temporaries.finish();
      const bytes = [...staged.values()].reduce((sum, { size }) => sum + size, 0);
      return { written: [...staged.keys()].sort(compareRanks), unchanged: this.#unchanged, removed, bytes, renamedAt };
    });
  }

  abort(): Promise<void> {
    return withPublishErrors(this.#dir, () => this.#temporaries.drop());
  }
}

/** A different size is detected without reading the file. */
function compareWithPublished(place: string, bytes: Uint8Array): 'same' | 'other' | 'nothing' {
  const found = statIfExists(place);
  if (found === null) return 'nothing';
  if (!found.isFile() || found.size !== bytes.length) return 'other';
  return readFileSync(place).equals(bytes) ? 'same' : 'other';
}

async function renameAll(dir: string, staged: StagedByPath): Promise<number | null> {
  const inOrder = [...staged].sort(
    ([a, fileA], [b, fileB]) => renameTurn(a, fileA.replaces) - renameTurn(b, fileB.replaces) || (a < b ? -1 : 1),
  );
  for (const [i, [path, { temporary }]] of inOrder.entries()) {
    if (i % RENAMED_PER_TURN === RENAMED_PER_TURN - 1) await nextTurn();
    renameSync(temporary, resolveInside(dir, path));
  }
  const last = inOrder.at(-1);
  return last === undefined ? null : (lstatIfExists(resolveInside(dir, last[0]))?.ctimeMs ?? null);
}

/** Removes files in reverse order of renaming, so that no link leads to a missing file; then removes empty folders. */
function removeAll(dir: string, paths: readonly string[]): readonly string[] {
  const places = [...paths].sort(compareRanks).reverse();
  const removed = places.filter((path) => {
    const place = resolveInside(dir, path);
    return !hasLinkedParent(dir, path) && unlinkIfExists(place);
  });
  const parents = new Set(removed.flatMap(listAncestors));
  for (const parent of [...parents].sort((a, b) => b.length - a.length)) rmdirIfEmpty(resolveInside(dir, parent));
  return removed;
}

function sizes(dir: string, paths: readonly string[]): Promise<ReadonlyMap<string, number>> {
  return inspectEach(paths, INSPECTED_PER_TURN, (path) => {
    const file = statIfExists(resolveInside(dir, path));
    return file?.isFile() ? file.size : null;
  });
}

function changeTimes(dir: string, paths: readonly string[]): Promise<ReadonlyMap<string, number>> {
  return inspectEach(paths, INSPECTED_PER_TURN, (path) => lstatIfExists(resolveInside(dir, path))?.ctimeMs ?? null);
}

function digests(dir: string, paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  return inspectEach(paths, READ_PER_TURN, (path) => {
    const bytes = readIfExists(resolveInside(dir, path));
    return bytes && contentDigest(bytes);
  });
}

async function inspectEach<T>(
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

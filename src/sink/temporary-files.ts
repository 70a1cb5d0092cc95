/** Manages the temporary files of an edition: written next to their final places, and cleaned up after a run was killed. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PublishError } from '../model/errors.js';
import { entriesIfAllowed, lstatIfThere, unlinkIfThere } from './missing-files.js';
import { leadsOut, PUBLISHING_NOTE, placeInside, TEMPORARY_NAME } from './safe-path.js';

export class TemporaryFiles {
  readonly #dir: string;
  /** Random, part of file names; the files of an edition are numbered. */
  readonly #edition = randomBytes(3).toString('hex');
  readonly #written = new Set<string>();
  readonly #folders = new Set<string>();

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Writes a temporary file next to `path`, creating its folder; returns its place. */
  write(path: string, bytes: Uint8Array): string {
    if (this.#written.size === 0) this.#noteStart();
    const folder = dirname(placeInside(this.#dir, path));
    if (!this.#folders.has(folder)) makeFolder(this.#dir, path);
    this.#folders.add(folder);
    const count = (this.#written.size + 1).toString(16).padStart(6, '0');
    const temporary = join(folder, `.newsloom-${this.#edition}${count}.tmp`);
    this.#written.add(temporary);
    writeFileSync(temporary, bytes, { flag: 'wx', mode: 0o644 });
    return temporary;
  }

  /** Removes files that were written and not renamed. */
  drop(): void {
    for (const path of this.#written) unlinkIfThere(path);
    this.end();
  }

  /** Called when all files were renamed or dropped. */
  end(): void {
    if (this.#written.size > 0) unlinkIfThere(join(this.#dir, PUBLISHING_NOTE));
  }

  /** Written before the first file: only where the note exists must all folders be searched for leftover files. */
  #noteStart(): void {
    mkdirSync(this.#dir, { recursive: true });
    writeFileSync(join(this.#dir, PUBLISHING_NOTE), '', { mode: 0o644 });
  }
}

/** Removes the temporary files of a run that was killed, recognised by their names. */
export function sweep(dir: string): void {
  // lstat: a dangling link must be removed too, or writing the note would follow it.
  if (lstatIfThere(join(dir, PUBLISHING_NOTE)) === null) return;
  for (const stray of strays(dir)) unlinkIfThere(stray);
  unlinkIfThere(join(dir, PUBLISHING_NOTE));
}

/** A folder that may not be read, such as `lost+found` at the root of a disk, holds none. */
function strays(folder: string): string[] {
  return entriesIfAllowed(folder).flatMap((entry) => {
    const place = join(folder, entry.name);
    if (entry.isDirectory()) return strays(place);
    return entry.isFile() && TEMPORARY_NAME.test(entry.name) && entry.name !== PUBLISHING_NOTE ? place : [];
  });
}

function makeFolder(dir: string, path: string): void {
  if (leadsOut(dir, path)) {
    throw new PublishError('PUBLISH_FAILED', `${dir}: a link on the way to ${path} leads out of the published folder`, {
      details: { dir, path },
    });
  }
  mkdirSync(dirname(placeInside(dir, path)), { recursive: true });
}

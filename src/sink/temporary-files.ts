/** Manages an edition's temporary files, including cleanup after a killed run. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PublishError } from '../model/errors.js';
import { lstatIfExists, readEntriesIfAllowed, unlinkIfExists } from './missing-files.js';
import { hasLinkedParent, PUBLISHING_NOTE, resolveInside, TEMPORARY_NAME } from './safe-path.js';

export class TemporaryFiles {
  readonly #dir: string;
  /** Random part of file names; files of an edition are numbered. */
  readonly #edition = randomBytes(3).toString('hex');
  readonly #written = new Set<string>();
  /** Whether this edition created the folder. */
  readonly #folders = new Map<string, boolean>();

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Then nothing can be published at `place`. */
  hasCreatedFolder(place: string): boolean {
    return this.#folders.get(dirname(place)) === true;
  }

  /** Writes a temporary file next to `place`, the location of `path`, creating the folder; returns its location. */
  write(path: string, place: string, bytes: Uint8Array): string {
    if (this.#written.size === 0) this.#noteStart();
    const folder = dirname(place);
    if (!this.#folders.has(folder)) this.#folders.set(folder, makeFolder(this.#dir, path));
    const count = (this.#written.size + 1).toString(16).padStart(6, '0');
    const temporary = join(folder, `.newsloom-${this.#edition}${count}.tmp`);
    this.#written.add(temporary);
    writeFileSync(temporary, bytes, { flag: 'wx', mode: 0o644 });
    return temporary;
  }

  drop(): void {
    for (const path of this.#written) unlinkIfExists(path);
    this.finish();
  }

  finish(): void {
    if (this.#written.size > 0) unlinkIfExists(join(this.#dir, PUBLISHING_NOTE));
  }

  /** Written before the first file. Without this note, startup does not search for leftover files. */
  #noteStart(): void {
    mkdirSync(this.#dir, { recursive: true });
    writeFileSync(join(this.#dir, PUBLISHING_NOTE), '', { mode: 0o644 });
  }
}

export function removeLeftovers(dir: string): void {
  // lstat: writing the note would follow a dangling link.
  if (lstatIfExists(join(dir, PUBLISHING_NOTE)) === null) return;
  for (const stray of findLeftovers(dir)) unlinkIfExists(stray);
  unlinkIfExists(join(dir, PUBLISHING_NOTE));
}

/** Skips unreadable folders, such as `lost+found` at the root of a disk. */
function findLeftovers(folder: string): string[] {
  return readEntriesIfAllowed(folder).flatMap((entry) => {
    const place = join(folder, entry.name);
    if (entry.isDirectory()) return findLeftovers(place);
    return entry.isFile() && TEMPORARY_NAME.test(entry.name) && entry.name !== PUBLISHING_NOTE ? place : [];
  });
}

/** Returns false if the folder exists. */
function makeFolder(dir: string, path: string): boolean {
  if (hasLinkedParent(dir, path)) {
    throw new PublishError(
      'PUBLISH_FAILED',
      `${dir}: a symbolic link in ${path} leads out of the published folder: replace it with a folder`,
      {
        details: { dir, path },
      },
    );
  }
  return mkdirSync(dirname(resolveInside(dir, path)), { recursive: true }) !== undefined;
}

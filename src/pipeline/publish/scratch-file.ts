/** A temporary file without a name, for data of an edition that would take too much memory. */
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export class ScratchFile {
  #file: number | null = null;
  #size = 0;

  /** Returns the position of the bytes; null: the disk is full, or the file cannot be created. */
  append(bytes: Uint8Array): number | null {
    try {
      this.#file ??= openUnnamedFile();
      if (writeSync(this.#file, bytes, 0, bytes.length, this.#size) < bytes.length) return null;
    } catch {
      return null;
    }
    this.#size += bytes.length;
    return this.#size - bytes.length;
  }

  read(into: Uint8Array, offset: number, length: number, position: number): void {
    readSync(this.#file!, into, offset, length, position);
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }
}

/** The system deletes the file when it is closed, even by a crash. */
function openUnnamedFile(): number {
  const path = join(tmpdir(), `newsloom-${randomUUID()}.tmp`);
  const file = openSync(path, 'wx+', 0o600);
  unlinkSync(path);
  return file;
}

/** A file that nobody else sees, for what a run lays aside and needs no more when it ends. */
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync, statfsSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Scratch } from '../ports/scratch.js';

/** What another thread of this process needs for the same file. */
export interface SharedScratch {
  readonly file: number;
  /** Where it lies. */
  readonly folder: string;
  /** Where the next bytes go. */
  readonly end: BigInt64Array<SharedArrayBuffer>;
}

export interface ScratchFile extends Scratch {
  readonly shared: SharedScratch;
}

/** In this folder, under no name: the system takes it back with the process, however that ends. null: it cannot be made. */
export function openScratch(folder: string): ScratchFile | null {
  const path = join(folder, `scratch-${randomBytes(6).toString('hex')}.tmp`);
  let file: number;
  try {
    file = openSync(path, 'wx+', 0o600);
  } catch {
    return null;
  }
  if (!unlinked(path)) {
    closeSync(file);
    unlinked(path);
    return null;
  }
  const shared = { file, folder, end: new BigInt64Array(new SharedArrayBuffer(8)) };
  const { write, read } = sharedScratch(shared);
  let open = true;
  return {
    shared,
    write: (bytes) => (open ? write(bytes) : null),
    read: (into, at) => {
      if (!open) throw new Error('the scratch file is closed');
      read(into, at);
    },
    close: () => {
      if (open) closeSync(file);
      open = false;
    },
  };
}

/** False on a system that unlinks no open file, or where somebody else has the file open. */
function unlinked(path: string): boolean {
  try {
    unlinkSync(path);
    return true;
  } catch {
    return false;
  }
}

/** Whoever opened it closes it. */
export function sharedScratch({ file, folder, end }: SharedScratch): Omit<Scratch, 'close'> {
  return {
    write: (bytes) => {
      if (!hasRoom(folder)) return null;
      const at = Number(Atomics.add(end, 0, BigInt(bytes.length)));
      return wrote(file, bytes, at) ? at : null;
    },
    read: (into, at) => {
      for (let done = 0; done < into.length; ) {
        const count = readSync(file, into, done, into.length - done, at + done);
        if (count === 0) throw new Error('a scratch file is shorter than what was written into it');
        done += count;
      }
    },
  };
}

/** Bytes that are left on the disk for what must be written: the store, and what is published. */
const RESERVE = 256 * 1024 * 1024;

function hasRoom(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize > RESERVE;
  } catch {
    return false;
  }
}

/** False where the disk has no more room. */
function wrote(file: number, bytes: Uint8Array, at: number): boolean {
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, at + done);
    return true;
  } catch {
    return false;
  }
}

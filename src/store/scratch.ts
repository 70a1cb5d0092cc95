/** A file that nobody else sees, for what a run lays aside and needs no more when it ends. */
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Scratch } from '../ports.js';

/** What another thread of this process needs for the same file. */
export interface SharedScratch {
  readonly file: number;
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
  try {
    unlinkSync(path);
  } catch {
    // A system that unlinks no open file.
    closeSync(file);
    rmSync(path, { force: true });
    return null;
  }
  const shared = { file, end: new BigInt64Array(new SharedArrayBuffer(8)) };
  return { ...sharedScratch(shared), shared, close: () => closeSync(file) };
}

/** Whoever opened it closes it. */
export function sharedScratch({ file, end }: SharedScratch): Omit<Scratch, 'close'> {
  return {
    write: (bytes) => {
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

/** False where the disk has no more room. */
function wrote(file: number, bytes: Uint8Array, at: number): boolean {
  try {
    for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, at + done);
    return true;
  } catch {
    return false;
  }
}

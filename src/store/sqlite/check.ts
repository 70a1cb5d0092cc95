/** Whether the file is whole: by its checksum after an end in order, by SQLite's own look at it after any other and before pruning. */
import { closeSync, existsSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { Connection } from './connection.js';
import { damaged } from './failure.js';

/** Fails with STORE_CORRUPT where SQLite finds damage: it reads the whole file, but not whether a text is still what was written. */
export function requireIntact(db: Connection, path: string): void {
  const finding = db.get<{ quick_check: string }>('PRAGMA quick_check(1)')!.quick_check;
  if (finding !== 'ok') throw damaged(path, finding);
}

/** The checksum of the file as an end in order left it. */
interface Checksum {
  /** Of that end: the store has the same, unless it was used since. */
  readonly endId: string;
  readonly crc32: number;
}

/** `newsloom.db` → `newsloom.db.sum` */
function checksumPath(path: string): string {
  return `${path}.sum`;
}

export function saveChecksum(path: string, endId: string): void {
  writeFileSync(checksumPath(path), `${JSON.stringify({ endId, crc32: checksumOf(path) } satisfies Checksum)}\n`, {
    mode: 0o600,
  });
}

/** The end after which the bytes were others than now; null: none is known, or they are the same. To be asked before the file is opened. */
export function changedSinceEnd(path: string): string | null {
  const saved = savedChecksum(path);
  return saved === null || !existsSync(path) || saved.crc32 === checksumOf(path) ? null : saved.endId;
}

/** Whether there is a checksum of this end. */
export function hasChecksum(path: string, endId: string | null): boolean {
  return endId !== null && savedChecksum(path)?.endId === endId;
}

function savedChecksum(path: string): Checksum | null {
  try {
    const saved = JSON.parse(readFileSync(checksumPath(path), 'utf8')) as Partial<Checksum> | null;
    return typeof saved?.endId === 'string' && typeof saved.crc32 === 'number' ? (saved as Checksum) : null;
  } catch {
    return null;
  }
}

const CHUNK = 4 * 1024 * 1024;

function checksumOf(path: string): number {
  const chunk = Buffer.allocUnsafe(CHUNK);
  const file = openSync(path, 'r');
  try {
    let sum = 0;
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk))
      sum = crc32(chunk.subarray(0, read), sum);
    return sum;
  } finally {
    closeSync(file);
  }
}

/** Checksum of the store file after a clean shutdown, saved next to it. It detects damage before anything is read from the store. */
import { closeSync, openSync, readFileSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';

interface SavedChecksum {
  readonly endId: string;
  readonly sum: number;
  /** Inode, size and times, which change with each write. */
  readonly stamp: string;
  /** When the whole file was last read, epoch milliseconds. */
  readonly readAt: number;
}

/** Milliseconds after which an unchanged file is read again, to detect damage by the disk. */
const READ_AGAIN = 86_400_000;

/** For one use of the store. A checkpoint updates the checksum from the pages in the log, without reading the whole file. */
export class FileChecksum {
  readonly #path: string;
  readonly #saved: SavedChecksum | null;
  /** Verified values; null: the file must be read. */
  #known: Pick<SavedChecksum, 'sum' | 'stamp' | 'readAt'> | null = null;

  constructor(path: string) {
    this.#path = path;
    this.#saved = readSaved(path);
  }

  /** Id of the shutdown since which the bytes changed; null: unknown or unchanged. Call before opening the file. */
  detectChange(): string | null {
    const saved = this.#saved;
    const stamp = readStamp(this.#path);
    if (saved === null || stamp === null) return null;
    const isFresh = stamp === saved.stamp && Math.abs(Date.now() - saved.readAt) < READ_AGAIN;
    this.#known = isFresh ? saved : this.#read();
    return this.#known.sum === saved.sum ? null : saved.endId;
  }

  get isSaved(): boolean {
    return this.#saved !== null;
  }

  matches(endId: string | null): boolean {
    return endId !== null && this.#saved?.endId === endId;
  }

  /** Runs `copyLog`, which copies the log into the file, and returns its result; false: incomplete. */
  trackCopy(copyLog: () => boolean): boolean {
    const known = this.#known?.stamp === readStamp(this.#path) ? this.#known : null;
    const pages = known === null ? null : readLoggedPages(`${this.#path}-wal`);
    const size = statSync(this.#path).size;
    const before = pages === null ? 0 : this.#sum(pages);
    const isWhole = copyLog();
    const grown = statSync(this.#path).size - size;
    if (known === null || pages === null || !isWhole || grown < 0) this.#known = null;
    else {
      for (let page = size / PAGE; page < (size + grown) / PAGE; page++) pages.add(page);
      const sum = (known.sum - before + this.#sum(pages)) >>> 0;
      this.#known = { sum, stamp: readStamp(this.#path) ?? '', readAt: known.readAt };
    }
    return isWhole;
  }

  /** Call when the store is closed. */
  save(endId: string): void {
    const known = this.#known?.stamp === readStamp(this.#path) ? this.#known : this.#read();
    writeFileSync(checksumPath(this.#path), `${JSON.stringify({ endId, ...known } satisfies SavedChecksum)}\n`, {
      mode: 0o600,
    });
  }

  #read(): Pick<SavedChecksum, 'sum' | 'stamp' | 'readAt'> {
    const stamp = readStamp(this.#path) ?? '';
    return { stamp, readAt: Date.now(), sum: this.#sum(null) };
  }

  /** Of these pages; null: all. */
  #sum(pages: ReadonlySet<number> | null): number {
    const file = openSync(this.#path, 'r');
    try {
      return pages === null ? sumAllPages(file) : sumPages(file, pages);
    } finally {
      closeSync(file);
    }
  }
}

/** `newsloom.db` → `newsloom.db.sum` */
function checksumPath(path: string): string {
  return `${path}.sum`;
}

/** Call if the store is deleted: the next file with this name is a new one. */
export function forgetChecksum(path: string): void {
  rmSync(checksumPath(path), { force: true });
}

function readSaved(path: string): SavedChecksum | null {
  try {
    const { endId, sum, stamp, readAt } = JSON.parse(
      readFileSync(checksumPath(path), 'utf8'),
    ) as Partial<SavedChecksum>;
    if (typeof endId !== 'string' || typeof sum !== 'number') return null;
    return { endId, sum, stamp: String(stamp), readAt: Number(readAt) };
  } catch {
    return null;
  }
}

/** null: no such file. */
function readStamp(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false });
  return found === undefined ? null : `${found.ino} ${found.size} ${found.mtimeNs} ${found.ctimeNs}`;
}

const PAGE = 4096;
const READ_AT_ONCE = 64;

function sumAllPages(file: number): number {
  const chunk = Buffer.allocUnsafe(READ_AT_ONCE * PAGE);
  let sum = 0;
  for (let first = 0; ; first += READ_AT_ONCE) {
    const length = readSync(file, chunk, 0, chunk.length, first * PAGE);
    for (let at = 0; at < length; at += PAGE)
      sum += weightChecksum(chunk.subarray(at, Math.min(length, at + PAGE)), first + at / PAGE);
    sum %= 2 ** 32;
    if (length < chunk.length) return sum;
  }
}

function sumPages(file: number, pages: ReadonlySet<number>): number {
  const bytes = Buffer.allocUnsafe(PAGE);
  let sum = 0;
  for (const page of pages) {
    const length = readSync(file, bytes, 0, PAGE, page * PAGE);
    if (length > 0) sum = (sum + weightChecksum(bytes.subarray(0, length), page)) % 2 ** 32;
  }
  return sum;
}

/** Odd weights detect any change of one page. Different weights detect swapped pages. */
function weightChecksum(bytes: Uint8Array, page: number): number {
  return Math.imul(crc32(bytes), Math.imul(page, 0x9e3779b1) | 1) >>> 0;
}

/** Numbers of the pages in a log, from 0 (https://sqlite.org/fileformat2.html#walformat); null: another page size. */
function readLoggedPages(path: string): Set<number> | null {
  const pages = new Set<number>();
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size === 0) return pages;
  const file = openSync(path, 'r');
  try {
    const header = Buffer.alloc(32);
    readSync(file, header, 0, header.length, 0);
    if (header.readUInt32BE(8) !== PAGE) return null;
    for (let at = header.length; at + 24 + PAGE <= size; at += 24 + PAGE) {
      readSync(file, header, 0, 24, at);
      pages.add(header.readUInt32BE(0) - 1);
    }
    return pages;
  } finally {
    closeSync(file);
  }
}

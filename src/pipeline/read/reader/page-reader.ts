/** Reads pages of articles: small and flat ones in the main thread, all others in a thread with a deadline. */
import { type PageResult, type PageTask, readPageHere } from './read-page.js';
import { ReadThreads, type ThreadOptions } from './threads.js';

export interface PageReader {
  /** @throws {ParseError} PARSE_TIMEOUT, PARSE_CRASHED, PARSE_LIMIT for a page that takes too much time or memory. */
  read(task: PageTask): Promise<PageResult>;
  /** Ends the threads. */
  close(): Promise<void>;
}

/** What is read in the main thread: bytes, and tags, since some steps take time by the square of their number. */
const SMALL_BYTES = 64 * 1024;
const FEW_TAGS = 2_000;

/** One thread, started on demand: pages arrive slower than it reads them. */
export function createPageReader(options: Partial<ThreadOptions> = {}): PageReader {
  const threads = new ReadThreads<PageTask, PageResult>(
    { threads: 1, deadlineMs: 10_000, heapMb: 192, script: new URL('./read-worker.js', import.meta.url), ...options },
    readPageHere,
  );
  return {
    read: (task) => (isSmall(task.body) ? readPageHere(task) : threads.read(task)),
    close: () => threads.close(),
  };
}

function isSmall(body: Uint8Array): boolean {
  if (body.length > SMALL_BYTES) return false;
  let tags = 0;
  for (const byte of body) if (byte === 0x3c) tags++;
  return tags <= FEW_TAGS;
}

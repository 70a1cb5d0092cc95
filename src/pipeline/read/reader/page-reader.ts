/** Reads article pages: small ones in the main thread, others in a worker thread with a deadline. */
import { type PageResult, type PageTask, readPageDirectly } from './read-page.js';
import { ReadThreads, type ThreadOptions } from './threads.js';

export interface PageReader {
  /** @throws {ParseError} PARSE_TIMEOUT, PARSE_CRASHED or PARSE_LIMIT if a page takes too much time or memory */
  read(task: PageTask): Promise<PageResult>;
  /** Terminates the threads. */
  close(): Promise<void>;
}

/** Limits for the main thread in bytes and tags. Some steps take quadratic time in the number of tags. */
const SMALL_BYTES = 64 * 1024;
const FEW_TAGS = 2_000;

/** Starts one thread on demand, which reads faster than pages arrive. */
export function createPageReader(options: Partial<ThreadOptions> = {}): PageReader {
  const threads = new ReadThreads<PageTask, PageResult>(
    { threads: 1, deadlineMs: 10_000, heapMb: 192, script: new URL('./read-worker.js', import.meta.url), ...options },
    readPageDirectly,
  );
  return {
    read: (task) => (isSmall(task.body) ? readPageDirectly(task) : threads.read(task)),
    close: () => threads.close(),
  };
}

function isSmall(body: Uint8Array): boolean {
  if (body.length > SMALL_BYTES) return false;
  let tags = 0;
  for (const byte of body) if (byte === 0x3c) tags++;
  return tags <= FEW_TAGS;
}

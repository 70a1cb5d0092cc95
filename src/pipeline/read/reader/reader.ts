/** Reads documents: small ones in the main thread, large or many ones in worker threads with a deadline. */
import { availableParallelism } from 'node:os';
import { type Read, type ReadResult, readHere, readNew } from './read-document.js';
import { ReadThreads, type ThreadOptions } from './threads.js';

export interface ReaderOptions extends Partial<ThreadOptions> {
  /** Larger documents are never read as a whole in the main thread. */
  readonly inlineBytes?: number;
  /** After this many bytes in documents read as a whole, threads read all others, while the main thread saves the results. */
  readonly mainThreadBytes?: number;
  /** Called after each document, with its milliseconds. */
  readonly onRead?: (ms: number, result: ReadResult) => void;
}

export interface Reader {
  /**
   * Parses and cleans a document; the result does not depend on the thread.
   * @throws {ParseError} what `parseFeed` throws; PARSE_TIMEOUT, PARSE_CRASHED, PARSE_LIMIT for one that takes too much time or memory.
   */
  readonly read: Read;
  /** Ends the threads. */
  close(): Promise<void>;
}

/** Up to this size in bytes, changed items are looked for in the main thread; few changed items then need no thread. */
const COMPARED_HERE = 1024 * 1024;

/** Threads are started on demand: a run with little news needs none. */
export function createReader(options: ReaderOptions = {}): Reader {
  const settings = {
    inlineBytes: 128 * 1024,
    mainThreadBytes: 1024 * 1024,
    threads: Math.min(3, Math.max(1, availableParallelism() - 1)),
    deadlineMs: 10_000,
    heapMb: 80,
    script: new URL('./read-worker.js', import.meta.url),
    ...options,
  };
  const threads = new ReadThreads(settings, readHere);
  let readWhole = 0;
  return {
    read: async (task) => {
      const began = performance.now();
      const { length } = task.body;
      let result = length <= COMPARED_HERE ? await readNew(task, settings.inlineBytes) : null;
      if (result === null) {
        readWhole += length;
        const here = length <= settings.inlineBytes && readWhole <= settings.mainThreadBytes;
        result = here ? await readHere({ ...task, last: null }) : await threads.read(task);
      }
      options.onRead?.(performance.now() - began, result);
      return result;
    },
    close: () => threads.close(),
  };
}

/** Reads documents: small ones in the main thread, large or many ones in worker threads with a deadline. */
import { availableParallelism } from 'node:os';
import { type Read, type ReadResult, readDirectly, readNewItems } from './read-document.js';
import { ReadThreads, type ThreadOptions } from './threads.js';

export interface ReaderOptions extends Partial<ThreadOptions> {
  /** Larger documents are never read completely in the main thread. */
  readonly inlineBytes?: number;
  /** After this many bytes of complete documents, threads read the rest while the main thread saves results. */
  readonly mainThreadBytes?: number;
  /** Called after each document with its duration in milliseconds. */
  readonly onRead?: (ms: number, result: ReadResult) => void;
}

export interface Reader {
  /**
   * Parses and cleans a document. The result does not depend on the thread.
   * @throws {ParseError} from `parseFeed`; PARSE_TIMEOUT, PARSE_CRASHED or PARSE_LIMIT if it takes too much time or memory
   */
  readonly read: Read;
  /** Terminates the threads. */
  close(): Promise<void>;
}

/** Bytes up to which the main thread searches for changed items. A few changed items then need no thread. */
const COMPARED_HERE = 1024 * 1024;

/** Starts threads on demand. */
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
  const threads = new ReadThreads(settings, readDirectly);
  let readWhole = 0;
  return {
    read: async (task) => {
      const began = performance.now();
      const { length } = task.body;
      let result = length <= COMPARED_HERE ? await readNewItems(task, settings.inlineBytes) : null;
      if (result === null) {
        readWhole += length;
        const here = length <= settings.inlineBytes && readWhole <= settings.mainThreadBytes;
        result = here ? await readDirectly({ ...task, last: null }) : await threads.read(task);
      }
      options.onRead?.(performance.now() - began, result);
      return result;
    },
    close: () => threads.close(),
  };
}

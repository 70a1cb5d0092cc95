/** Bytes to a clean document: here where that is quick, in a thread where it may not be, or where there is much to read. */
import { availableParallelism } from 'node:os';
import { type Read, readHere, readNew } from './read-document.js';
import { ReadThreads, type ThreadOptions } from './threads.js';

export interface ReaderOptions extends Partial<ThreadOptions> {
  /** Documents of more bytes are never read whole in the main thread. */
  readonly inlineBytes?: number;
  /** Once so many bytes had to be read whole, all others are read in threads, while the main thread stores what was read. */
  readonly mainThreadBytes?: number;
}

export interface Reader {
  /**
   * The document parsed and made clean; the same whichever thread did it.
   * @throws {ParseError} what `parseFeed` throws; PARSE_TIMEOUT, PARSE_CRASHED, PARSE_LIMIT for one that would not end.
   */
  readonly read: Read;
  /** Ends the threads. */
  close(): Promise<void>;
}

/** In a document of so many bytes what is new is found here, which starts no thread where that is little. */
const COMPARED_HERE = 1024 * 1024;

/** No thread is started before a large document, or many, must be read whole: a run with little news does without. */
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
  const threads = new ReadThreads(settings);
  let readWhole = 0;
  return {
    read: async (task) => {
      const { length } = task.body;
      const changed = length <= COMPARED_HERE ? await readNew(task, settings.inlineBytes) : null;
      if (changed !== null) return changed;
      readWhole += length;
      const here = length <= settings.inlineBytes && readWhole <= settings.mainThreadBytes;
      return here ? await readHere({ ...task, last: null }) : await threads.read(task);
    },
    close: () => threads.close(),
  };
}

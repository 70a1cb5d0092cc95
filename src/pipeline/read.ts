/** Bytes to a clean document: here where that is quick, in a thread of its own where it may not be. */
import { availableParallelism } from 'node:os';
import type { CleanContext, CleanDocument } from '../model/document.js';
import { readHere } from './read-here.js';
import { ReadThreads } from './read-threads.js';

export interface ReaderOptions {
  /** Documents of more bytes never run in the main thread. */
  readonly inlineBytes?: number;
  /** So many bytes of small documents are read in the main thread before threads are started for them. */
  readonly patienceBytes?: number;
  readonly threads?: number;
  readonly deadlineMs?: number;
  readonly heapMb?: number;
  /** The compiled `read-worker`. */
  readonly script?: URL;
}

export interface Reader {
  /**
   * The document parsed and made clean; the same whichever thread did it.
   * @throws {ParseError} what `parseFeed` throws; PARSE_TIMEOUT, PARSE_CRASHED, PARSE_LIMIT for one that would not end.
   */
  read(
    body: Uint8Array,
    about: { readonly contentType: string | null; readonly url: string },
    context: CleanContext,
  ): Promise<CleanDocument>;
  /** Ends the threads. */
  close(): Promise<void>;
}

const DEFAULTS = {
  inlineBytes: 128 * 1024,
  patienceBytes: 1024 * 1024,
  deadlineMs: 10_000,
  heapMb: 192,
};

/**
 * Nothing is started before it is needed: a run in which little is new reads all of it here. Once it has read a megabyte,
 * threads share the work; what they have no room for is still read here, so that every core is busy.
 */
export function createReader(options: ReaderOptions = {}): Reader {
  const settings = {
    ...DEFAULTS,
    threads: Math.min(3, Math.max(1, availableParallelism() - 1)),
    script: new URL('./read-worker.js', import.meta.url),
    ...options,
  };
  const threads = new ReadThreads(settings);
  let readSoFar = 0;
  return {
    read(body, about, context) {
      const task = { body, about, context };
      readSoFar += body.length;
      if (body.length > settings.inlineBytes) return threads.read(task);
      return readSoFar > settings.patienceBytes && threads.hasRoom() ? threads.read(task) : readHere(task);
    },
    close: () => threads.close(),
  };
}

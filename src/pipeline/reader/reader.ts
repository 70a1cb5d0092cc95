/** Bytes to a clean document: here where that is quick, in a thread of its own where it may not be. */
import { availableParallelism } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { TagSetup } from '../organize/tagging.js';
import { type ReadDocument, type ReadTask, readHere, readNew } from './read-document.js';
import { ReadThreads } from './threads.js';

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
  /** With it, threads tag too where most of a document is new. */
  readonly tags?: TagSetup;
}

export interface Reader {
  /**
   * The document parsed and made clean; the same whichever thread did it.
   * @throws {ParseError} what `parseFeed` throws; PARSE_TIMEOUT, PARSE_CRASHED, PARSE_LIMIT for one that would not end.
   */
  read(task: ReadTask): Promise<ReadDocument>;
  /** Told how many documents may come that were never read: where they are many, threads are started at once. */
  prepareFor(unread: number): void;
  /** Ends the threads. */
  close(): Promise<void>;
}

/** So many documents take longer to read than a thread to load what it needs (0.2 s). */
const MANY = 20;

/** What is new in a document of so many bytes is found within a few milliseconds. */
const GLANCE_BYTES = 1024 * 1024;

const DEFAULTS = {
  inlineBytes: 128 * 1024,
  patienceBytes: 1024 * 1024,
  deadlineMs: 10_000,
  heapMb: 80,
};

/**
 * Nothing is started before it is needed: a run in which little is new reads all of it here, and of a document that we have
 * read before only what is new in it. Once a megabyte had to be read whole, or where that is certain from the beginning,
 * threads share the work; what they have no room for is still read here, so that every core is busy.
 */
export function createReader(options: ReaderOptions = {}): Reader {
  const settings = {
    ...DEFAULTS,
    threads: Math.min(3, Math.max(1, availableParallelism() - 1)),
    script: new URL('./read-worker.js', import.meta.url),
    tags: null,
    ...options,
  };
  const threads = new ReadThreads(settings);
  let readSoFar = 0;
  let threadsPay = false;
  // One document a turn, and to its end: between two, the threads are heard and given more, since what they do need not be done here.
  let turn: Promise<unknown> = Promise.resolve();
  const readInTurn = (task: ReadTask): Promise<ReadDocument | null> => {
    const mine = turn.then(() => nextTurn()).then(() => (threads.hasRoom() ? null : readHere(task)));
    turn = mine.catch(() => {});
    return mine;
  };
  return {
    read: async (given) => {
      const { body, last } = given;
      const part = last === null || body.length > GLANCE_BYTES ? null : await readNew(given, settings.inlineBytes);
      if (part !== null) return part;
      readSoFar += body.length;
      threadsPay ||= readSoFar > settings.patienceBytes;
      if (body.length > settings.inlineBytes) return (await threads.read(given)) ?? readHere(given);
      const task = { ...given, last: null };
      if (!threadsPay) return readHere(task);
      const here = threads.hasRoom() ? null : await readInTurn(task);
      return here ?? (await threads.read(task)) ?? readHere(task);
    },
    prepareFor: (unread) => {
      if (unread < MANY) return;
      threadsPay = true;
      threads.startAll();
    },
    close: () => threads.close(),
  };
}

/** Worker threads that read documents: one that takes too much time or memory ends only its own thread. */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { ParseError } from '../../model/errors.js';
import { Semaphore } from '../semaphore.js';
import { type ReadResult, type ReadTask, readHere } from './read-document.js';
import type { ReadReply } from './read-worker.js';

export interface ThreadOptions {
  /** Maximum number of threads. */
  readonly threads: number;
  /** For one document, in milliseconds of CPU time, so that a busy machine does not fail documents. */
  readonly deadlineMs: number;
  /** Heap limit of one thread. */
  readonly heapMb: number;
  /** URL of the compiled `read-worker`. */
  readonly script: URL;
}

/** Time limit for a thread to load its code; generous, for busy machines. */
const START_MS = 60_000;

/** A deadline takes at most this many times its length in wall-clock time. */
const MOST_STARVED = 3;

/** Limit of a thread's young generation: with more, the worst documents take more memory. */
const YOUNG_MB = 12;

export class ReadThreads {
  readonly #threads = new Set<Worker>();
  readonly #idle: Worker[] = [];
  readonly #places: Semaphore;
  #closed = false;

  constructor(private readonly options: ThreadOptions) {
    this.#places = new Semaphore(Math.max(1, options.threads));
  }

  /**
   * Falls back to the current thread, without a deadline, where the system cannot start a thread.
   * @throws {ParseError} what `readHere` throws; PARSE_TIMEOUT past the deadline, PARSE_CRASHED where its thread died (mostly out of memory).
   */
  async read(task: ReadTask): Promise<ReadResult> {
    await this.#places.acquire();
    try {
      if (this.#closed) throw new ParseError('PARSE_CRASHED', 'reading was stopped');
      const thread = this.#idle.pop() ?? (await this.#start());
      return thread === null ? await readHere(task) : documentOf(await this.#ask(thread, task));
    } finally {
      this.#places.release();
    }
  }

  /** Ends all threads and rejects pending reads. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#threads].map((thread) => thread.terminate()));
  }

  /** null: the system cannot start more threads. */
  async #start(): Promise<Worker | null> {
    if (this.#threads.size >= this.options.threads) return null;
    const resourceLimits = { maxOldGenerationSizeMb: this.options.heapMb, maxYoungGenerationSizeMb: YOUNG_MB };
    try {
      const thread = new Worker(this.options.script, { resourceLimits });
      this.#threads.add(thread);
      thread.on('error', () => {}); // pending reads reject by themselves; without a listener the process would end
      thread.once('exit', () => this.#forget(thread));
      await this.#messageFrom(thread, START_MS);
      return thread;
    } catch (error) {
      if ((error as { code?: unknown }).code === 'ERR_WORKER_INIT_FAILED') return null;
      throw error;
    }
  }

  #forget(thread: Worker): void {
    this.#threads.delete(thread);
    if (this.#idle.includes(thread)) this.#idle.splice(this.#idle.indexOf(thread), 1);
  }

  /** A thread keeps the process alive only while it is reading. */
  async #ask(thread: Worker, task: ReadTask): Promise<ReadReply> {
    const body = new Uint8Array(task.body); // a copy: the caller may hold a view into a larger buffer
    thread.ref();
    thread.postMessage({ ...task, body }, [body.buffer]);
    const reply = (await this.#messageFrom(thread, this.options.deadlineMs)) as ReadReply;
    thread.unref();
    this.#idle.push(thread);
    return reply;
  }

  /** A thread that does not answer in time, or died, is terminated and removed. */
  async #messageFrom(thread: Worker, limitMs: number): Promise<unknown> {
    const done = new AbortController();
    const { signal } = done;
    try {
      return await Promise.race([
        once(thread, 'message', { signal }).then(([message]) => message),
        once(thread, 'exit', { signal }).then(() => Promise.reject(crashed(null))),
        processorTime(limitMs, signal).then(() => Promise.reject(tooLong(limitMs))),
      ]);
    } catch (error) {
      this.#forget(thread);
      void thread.terminate();
      throw error instanceof ParseError ? error : crashed(error);
    } finally {
      done.abort();
    }
  }
}

/**
 * Resolves after `ms` of CPU time, or `MOST_STARVED` times as much by the clock. Measured for the whole process, which has used at least
 * as much as any of its threads.
 */
async function processorTime(ms: number, signal: AbortSignal): Promise<void> {
  const began = { at: performance.now(), processor: process.cpuUsage() };
  for (let left = ms; left > 0 && performance.now() - began.at < ms * MOST_STARVED; ) {
    await sleep(Math.max(left, 10), undefined, { signal });
    const { user, system } = process.cpuUsage(began.processor);
    left = ms - (user + system) / 1000;
  }
}

function documentOf(reply: ReadReply): ReadResult {
  if ('document' in reply) return reply.document;
  if ('bug' in reply) throw reply.bug;
  const { code, message, details } = reply.refused;
  throw new ParseError(code as ConstructorParameters<typeof ParseError>[0], message, { details });
}

function tooLong(deadlineMs: number): ParseError {
  return new ParseError('PARSE_TIMEOUT', `reading the document took longer than ${deadlineMs / 1000} s`);
}

function crashed(cause: unknown): ParseError {
  const memory = (cause as { code?: unknown } | null)?.code === 'ERR_WORKER_OUT_OF_MEMORY';
  const why = memory ? 'reading the document took too much memory' : 'the thread that read the document died';
  return new ParseError('PARSE_CRASHED', why, { cause });
}

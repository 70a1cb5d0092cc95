/** Threads that read documents: one that does not end, or takes too much memory, costs its own thread and nothing else. */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { ParseError } from '../../model/errors.js';
import { Semaphore } from '../semaphore.js';
import { type ReadResult, type ReadTask, readHere } from './read-document.js';
import type { ReadReply } from './read-worker.js';

export interface ThreadOptions {
  /** Most that run at once. */
  readonly threads: number;
  /** For one document, in milliseconds of processor time: a busy machine is no fault of the document's. */
  readonly deadlineMs: number;
  /** Of one thread's heap. */
  readonly heapMb: number;
  /** The compiled `read-worker`. */
  readonly script: URL;
}

/** For a thread to load its code, on a machine that has other things to do. */
const START_MS = 60_000;

/** A deadline never takes more than so many times its length by the clock. */
const MOST_STARVED = 3;

/** Of a thread's young generation: with more, the worst documents take more memory. */
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
   * Here, without a deadline, where the system gives us no thread.
   * @throws {ParseError} what `readHere` throws; PARSE_TIMEOUT past the deadline, PARSE_CRASHED where its thread died (mostly of memory).
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

  /** Ends all threads; what they were reading is rejected. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#threads].map((thread) => thread.terminate()));
  }

  /** null: the system gives no more threads. */
  async #start(): Promise<Worker | null> {
    if (this.#threads.size >= this.options.threads) return null;
    const resourceLimits = { maxOldGenerationSizeMb: this.options.heapMb, maxYoungGenerationSizeMb: YOUNG_MB };
    try {
      const thread = new Worker(this.options.script, { resourceLimits });
      this.#threads.add(thread);
      thread.on('error', () => {}); // whoever waits for it hears of it; without a listener it would end the process
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

  /** An idle thread does not keep the process alive; one at work does. */
  async #ask(thread: Worker, task: ReadTask): Promise<ReadReply> {
    const body = new Uint8Array(task.body); // a copy: the caller may hold a view into a larger buffer
    thread.ref();
    thread.postMessage({ ...task, body }, [body.buffer]);
    const reply = (await this.#messageFrom(thread, this.options.deadlineMs)) as ReadReply;
    thread.unref();
    this.#idle.push(thread);
    return reply;
  }

  /** A thread that does not answer in time, or died, is ended and forgotten. */
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
 * Resolves once so many milliseconds of processor time are used, or far more have passed. The process as a whole has used at
 * least what one of its threads has.
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

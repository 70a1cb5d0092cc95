/** Worker threads that read documents. A document that takes too much time or memory ends only its own thread. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { ParseError } from '../../../model/errors.js';
import type { ReadReply } from './read-worker.js';

export interface ThreadOptions {
  readonly threads: number;
  /** Milliseconds of CPU time per document, so that a busy machine does not fail documents. */
  readonly deadlineMs: number;
  /** Heap limit of one thread. */
  readonly heapMb: number;
  /** URL of the compiled `read-worker`. */
  readonly script: URL;
}

/** Milliseconds for a thread to load its code, generous for busy machines. */
const START_MS = 60_000;

/** Maximum ratio of elapsed time to CPU time for a deadline. */
const MAX_ELAPSED_FACTOR = 3;

/** Limit of the young generation. A larger one lets some documents use more memory. */
const YOUNG_MB = 24;

/** Documents and bytes queued per thread. A larger document gets a thread to itself. */
const AHEAD = 5;
const AHEAD_BYTES = 1024 * 1024;

/** `body` is transferred to the thread. */
interface ThreadTask {
  readonly body: Uint8Array;
}

interface Job<Task, Result> {
  readonly task: Task;
  /** Size of the body; infinite for a document that needs its own thread. */
  readonly bytes: number;
  readonly resolve: (result: Result | Promise<Result>) => void;
  readonly reject: (error: unknown) => void;
}

interface Thread<Task, Result> {
  readonly worker: Worker;
  /** The first is being read; the others are queued. Replies arrive in this order. */
  readonly jobs: Job<Task, Result>[];
  /** Whether the thread has loaded its code. */
  isReady: boolean;
  /** Aborted when the first document is done. */
  turn: AbortController;
}

export class ReadThreads<Task extends ThreadTask, Result> {
  readonly #threads = new Set<Thread<Task, Result>>();
  readonly #waiting: Job<Task, Result>[] = [];
  /** Maximum number of threads; lowered if the system cannot start more. */
  #most: number;
  #closed = false;

  /** `here`: reads in the current thread. */
  constructor(
    private readonly options: ThreadOptions,
    private readonly here: (task: Task) => Promise<Result>,
  ) {
    this.#most = options.threads;
  }

  /**
   * Falls back to the current thread, without a deadline, if the system cannot start a thread.
   * @throws {ParseError} from `here`; PARSE_TIMEOUT after the deadline; PARSE_CRASHED if the thread died, usually out of memory
   */
  read(task: Task): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.#closed) throw createStoppedError();
      this.#waiting.push({ task, bytes: task.body.length, resolve, reject });
      this.#assignJobs();
    });
  }

  /** Terminates all threads and rejects pending reads. */
  async close(): Promise<void> {
    this.#closed = true;
    const threads = [...this.#threads];
    this.#threads.clear();
    for (const { turn } of threads) turn.abort();
    for (const job of [...threads.flatMap(({ jobs }) => jobs), ...this.#waiting.splice(0)])
      job.reject(createStoppedError());
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }

  #assignJobs(): void {
    for (let job = this.#waiting[0]; job !== undefined; job = this.#waiting[0]) {
      const thread = this.#selectThread(job);
      if (thread === null && this.#most > 0) return;
      this.#waiting.shift();
      if (thread === null) job.resolve(this.here(job.task));
      else this.#send(thread, job);
    }
  }

  /** null: all threads are busy. A document that needs its own thread gets a new one if possible. */
  #selectThread({ bytes }: Job<Task, Result>): Thread<Task, Result> | null {
    const [shortest] = [...this.#threads].sort((a, b) => a.jobs.length - b.jobs.length);
    if (shortest?.jobs.length === 0 && bytes < Number.POSITIVE_INFINITY) return shortest;
    const thread = this.#start() ?? shortest;
    if (thread === undefined || thread.jobs.length === 0) return thread ?? null;
    const together = thread.jobs.reduce((sum, job) => sum + job.bytes, bytes);
    return thread.jobs.length < AHEAD && together <= AHEAD_BYTES ? thread : null;
  }

  /** null: the maximum is reached. */
  #start(): Thread<Task, Result> | null {
    if (this.#threads.size >= this.#most) return null;
    const resourceLimits = { maxOldGenerationSizeMb: this.options.heapMb, maxYoungGenerationSizeMb: YOUNG_MB };
    try {
      const worker = new Worker(this.options.script, { resourceLimits });
      const thread: Thread<Task, Result> = { worker, jobs: [], isReady: false, turn: new AbortController() };
      worker.on('message', (reply: ReadReply<Result> | 'ready') => this.#onReply(thread, reply));
      worker.on('error', (cause) => this.#end(thread, createCrashError(cause)));
      worker.on('exit', () => this.#end(thread, createCrashError(null)));
      this.#threads.add(thread);
      return thread;
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'ERR_WORKER_INIT_FAILED') throw error;
      this.#most = this.#threads.size;
      return null;
    }
  }

  #send(thread: Thread<Task, Result>, job: Job<Task, Result>): void {
    const body = new Uint8Array(job.task.body); // copied: it may be part of a larger buffer, and may be sent again
    thread.worker.postMessage({ ...job.task, body }, [body.buffer]);
    if (thread.jobs.push(job) === 1) this.#beginTurn(thread);
  }

  /** Starts the deadline of the first document. A thread keeps the process alive only while it is reading. */
  #beginTurn(thread: Thread<Task, Result>): void {
    thread.turn.abort();
    thread.turn = new AbortController();
    thread.worker.unref();
    if (thread.jobs.length === 0) return;
    thread.worker.ref();
    const limitMs = thread.isReady ? this.options.deadlineMs : START_MS;
    const late = () =>
      this.#end(thread, new ParseError('PARSE_TIMEOUT', `reading the document took longer than ${limitMs / 1000} s`));
    waitForCpuTime(limitMs, thread.turn.signal).then(late, () => {});
  }

  #onReply(thread: Thread<Task, Result>, reply: ReadReply<Result> | 'ready'): void {
    if (!this.#threads.has(thread)) return;
    if (reply === 'ready') thread.isReady = true;
    else settleJob(thread.jobs.shift()!, reply);
    this.#beginTurn(thread);
    this.#assignJobs();
  }

  /**
   * Ends a thread that died or exceeded the deadline. Rejects its first document, unless it died with several: the cause is then
   * unknown. Retries the remaining documents in their own threads.
   */
  #end(thread: Thread<Task, Result>, error: ParseError): void {
    if (!this.#threads.delete(thread)) return;
    thread.turn.abort();
    void thread.worker.terminate();
    const { jobs } = thread;
    if (jobs.length === 1 || error.code === 'PARSE_TIMEOUT') jobs.shift()?.reject(error);
    this.#waiting.unshift(...jobs.map((job) => ({ ...job, bytes: Number.POSITIVE_INFINITY })));
    this.#assignJobs();
  }
}

/**
 * Resolves after `ms` of CPU time, or `MAX_ELAPSED_FACTOR` times as much elapsed time. Measures the whole process, which uses at least as
 * much as each thread.
 */
async function waitForCpuTime(ms: number, signal: AbortSignal): Promise<void> {
  const began = { at: performance.now(), processor: process.cpuUsage() };
  for (let left = ms; left > 0 && performance.now() - began.at < ms * MAX_ELAPSED_FACTOR; ) {
    await sleep(Math.max(left, 10), undefined, { signal });
    const { user, system } = process.cpuUsage(began.processor);
    left = ms - (user + system) / 1000;
  }
}

function settleJob<Task, Result>(job: Job<Task, Result>, reply: ReadReply<Result>): void {
  if ('document' in reply) job.resolve(reply.document);
  else if ('bug' in reply) job.reject(reply.bug);
  else {
    const { code, message, details } = reply.refused;
    job.reject(new ParseError(code as ConstructorParameters<typeof ParseError>[0], message, { details }));
  }
}

function createStoppedError(): ParseError {
  return new ParseError('PARSE_CRASHED', 'reading was stopped');
}

function createCrashError(cause: unknown): ParseError {
  const memory = (cause as { code?: unknown } | null)?.code === 'ERR_WORKER_OUT_OF_MEMORY';
  const why = memory ? 'reading the document took too much memory' : 'the reader thread died';
  return new ParseError('PARSE_CRASHED', why, { cause });
}

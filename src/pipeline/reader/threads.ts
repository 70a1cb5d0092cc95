/** Threads that read documents: a runaway document costs its own thread and nothing else. */
import { Worker } from 'node:worker_threads';
import type { Draft } from '../../model/article.js';
import { ParseError } from '../../model/errors.js';
import type { TagSetup } from '../organize/tagging.js';
import { errorFromSent, MORE, type Reply } from './messages.js';
import type { ReadDocument, ReadTask } from './read-document.js';

export interface ThreadOptions {
  /** Most that run at once. */
  readonly threads: number;
  /** For one document, from when its turn comes, in time of the processor: a busy machine is no fault of the document's. */
  readonly deadlineMs: number;
  /** Of one thread's heap. */
  readonly heapMb: number;
  readonly script: URL;
  /** null: drafts come without tags. */
  readonly tags: TagSetup | null;
}

interface Job {
  readonly task: ReadTask;
  readonly resolve: (document: ReadDocument | null) => void;
  readonly reject: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  /** The first is being read; the others were sent along, so that the thread need not wait for us. */
  readonly jobs: Job[];
  /** The drafts of the first that have come so far. */
  readonly parts: Draft[];
  timer: NodeJS.Timeout | null;
  /** Whether it has loaded what it needs. */
  ready: boolean;
}

/** To load our code, on a machine that has other things to do. */
const START_MS = 60_000;

/** So many milliseconds by the clock, whatever the processor did, count in full. */
const GRACE_MS = 250;

/** A deadline never takes more than so many times its length by the clock. */
const MOST_STARVED = 3;

/** Of each thread's young generation: 24 would halve its sweeps (0.07 s of a first run), and take 20 MB more at the worst documents. */
const YOUNG_MB = 12;

/** How many documents wait inside a thread, and of how many bytes: enough that it need not wait for us, and no hoard (with eight, the worst documents took 20 MB more). */
const AHEAD = 5;
const AHEAD_BYTES = 1_000_000;

export class ReadThreads {
  private readonly threads = new Set<Thread>();
  private readonly waiting: Job[] = [];

  /** At once; fewer than were asked for where the system gives no more. */
  private most: number;

  constructor(private readonly options: ThreadOptions) {
    this.most = options.threads;
  }

  /**
   * null: the system gives us no thread.
   * @throws {ParseError} PARSE_TIMEOUT past the deadline, PARSE_CRASHED where its thread died (mostly of memory).
   */
  read(task: ReadTask): Promise<ReadDocument | null> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ task, resolve, reject });
      this.hand();
    });
  }

  /** Starts every thread, so that each has loaded our code when the first document comes. */
  startAll(): void {
    while (this.start() !== null);
  }

  /** Whether another document would be taken up at once, or nearly so. */
  hasRoom(): boolean {
    return this.waiting.length === 0 && (this.threads.size < this.most || this.freest() !== null);
  }

  /** Ends all threads; what they were reading is rejected. */
  async close(): Promise<void> {
    const threads = [...this.threads];
    this.threads.clear();
    const left = [...threads.flatMap((thread) => thread.jobs), ...this.waiting.splice(0)];
    for (const job of left) job.reject(new ParseError('PARSE_CRASHED', 'reading was stopped'));
    for (const thread of threads) clearTimeout(thread.timer ?? undefined);
    await Promise.all(threads.map((thread) => thread.worker.terminate()));
  }

  private hand(): void {
    while (this.waiting.length > 0) {
      const thread = this.idle() ?? this.start() ?? this.freest();
      if (!thread) {
        if (this.most === 0) for (const job of this.waiting.splice(0)) job.resolve(null);
        return;
      }
      this.send(thread, this.waiting.shift()!);
    }
  }

  private idle(): Thread | null {
    return [...this.threads].find((thread) => thread.jobs.length === 0) ?? null;
  }

  private freest(): Thread | null {
    const [best] = [...this.threads].sort((a, b) => a.jobs.length - b.jobs.length);
    return best && best.jobs.length < AHEAD && bytesIn(best) < AHEAD_BYTES ? best : null;
  }

  private start(): Thread | null {
    const worker = this.threads.size < this.most ? this.newWorker() : null;
    if (worker === null) return null;
    const thread: Thread = { worker, jobs: [], parts: [], timer: null, ready: false };
    thread.worker.on('message', (reply: Reply) => this.answered(thread, reply));
    thread.worker.on('error', (cause) => this.lost(thread, crashed(cause)));
    thread.worker.on('exit', () => this.lost(thread, crashed(null)));
    this.threads.add(thread);
    return thread;
  }

  /** null: the system gives no more threads, and is asked for no more than it gave. */
  private newWorker(): Worker | null {
    const resourceLimits = { maxOldGenerationSizeMb: this.options.heapMb, maxYoungGenerationSizeMb: YOUNG_MB };
    try {
      return new Worker(this.options.script, { resourceLimits, workerData: this.options.tags });
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'ERR_WORKER_INIT_FAILED') throw error;
      this.most = this.threads.size;
      return null;
    }
  }

  private send(thread: Thread, job: Job): void {
    thread.jobs.push(job);
    const body = new Uint8Array(job.task.body); // a copy: the caller may hold a view into a larger buffer
    thread.worker.postMessage({ ...job.task, body }, [body.buffer]);
    if (thread.jobs.length === 1) this.watch(thread);
  }

  /** An idle thread does not keep the process alive; one at work does. */
  private watch(thread: Thread): void {
    clearTimeout(thread.timer ?? undefined);
    thread.timer = null;
    if (thread.jobs.length === 0) {
      thread.worker.unref();
      return;
    }
    thread.worker.ref();
    this.setTimer(thread, thread.ready ? this.options.deadlineMs : START_MS);
  }

  /**
   * The process as a whole has used at least what this thread has; where that is less than the deadline, it starved. Asking the
   * system takes half a millisecond, so that is done only for a document that takes longer than nearly all.
   */
  private setTimer(thread: Thread, limit: number): void {
    const grace = Math.min(GRACE_MS, limit);
    thread.timer = setTimeout(() => this.setDeadline(thread, limit, limit - grace), grace);
  }

  /** `left` of the limit. */
  private setDeadline(thread: Thread, limit: number, left: number): void {
    const began = { at: performance.now(), processor: process.cpuUsage() };
    const check = (): void => {
      const more = left - usedSince(began.processor);
      if (more <= 0 || performance.now() - began.at >= left * MOST_STARVED) this.lost(thread, tooLong(limit));
      else thread.timer = setTimeout(check, Math.max(more, 10));
    };
    thread.timer = setTimeout(check, left);
  }

  private answered(thread: Thread, reply: Reply): void {
    if (!this.threads.has(thread)) return;
    if ('ready' in reply) {
      thread.ready = true;
      this.watch(thread);
      return;
    }
    if ('part' in reply) {
      thread.parts.push(...reply.part);
      setImmediate(() => thread.worker.postMessage(MORE));
      return;
    }
    const job = thread.jobs.shift()!; // replies come in the order of the tasks
    const parts = thread.parts.splice(0);
    this.watch(thread);
    if ('document' in reply) job.resolve({ ...reply.document, drafts: [...parts, ...reply.document.drafts] });
    else job.reject(errorFromSent(reply.error));
    this.hand();
  }

  /** The document being read is given up; those sent along go to another thread. */
  private lost(thread: Thread, error: ParseError): void {
    if (!this.threads.delete(thread)) return;
    clearTimeout(thread.timer ?? undefined);
    void thread.worker.terminate();
    const [guilty, ...innocent] = thread.jobs;
    this.waiting.unshift(...innocent);
    guilty?.reject(error);
    this.hand();
  }
}

/** Milliseconds of processor time. */
function usedSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function tooLong(deadlineMs: number): ParseError {
  return new ParseError('PARSE_TIMEOUT', `reading the document took longer than ${deadlineMs / 1000} s`);
}

function bytesIn({ jobs }: Thread): number {
  return jobs.reduce((bytes, { task }) => bytes + task.body.length, 0);
}

function crashed(cause: unknown): ParseError {
  const memory = (cause as { code?: unknown } | null)?.code === 'ERR_WORKER_OUT_OF_MEMORY';
  const why = memory ? 'reading the document took too much memory' : 'the thread that read the document died';
  return new ParseError('PARSE_CRASHED', why, { cause });
}

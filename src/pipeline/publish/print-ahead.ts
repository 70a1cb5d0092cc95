/** Printing while a core is idle: a thread prints what is new while its stories are still being found; what it has not begun by then is shared. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Scratch } from '../../ports/scratch.js';
import type { PrintStock } from './print-stock.js';
import type { RenderCache } from './render-cache.js';

/** Of the thread's heap: half of the sweeps that 6 MB of young generation would take, in the same memory. */
const LIMITS = { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 12 };

/** Begins at once. What a thread that failed did not print is printed where it is shown: it costs time and nothing else. */
export class PrintAhead {
  /** What the thread prints. */
  readonly stock: PrintStock;
  readonly #scratch: Pick<Scratch, 'close'>;
  readonly #worker: Worker;
  /** Resolves when the thread has printed what it took, or failed. */
  readonly ended: Promise<void>;

  /**
   * `stock`: of articles that no one changes any more before they are published; `scratch`, where it lies, is closed with us.
   * `script`: compiled, of the thread, whose `workerData` is `tools` and, as `stock`, what the stock shares.
   */
  constructor(stock: PrintStock, scratch: Pick<Scratch, 'close'>, script: URL, tools: object) {
    this.stock = stock;
    this.#scratch = scratch;
    this.#worker = new Worker(script, { workerData: { ...tools, stock: stock.shared }, resourceLimits: LIMITS });
    this.#worker.unref();
    this.ended = new Promise((resolve) => {
      this.#worker.on('error', () => resolve());
      this.#worker.on('exit', () => resolve());
    });
  }

  /** Prints what the thread has not begun, and waits for the rest. Rejects with the signal's reason. */
  async join(prints: RenderCache, signal: AbortSignal): Promise<void> {
    this.#worker.ref();
    for (let share = this.stock.take(); share !== null; share = this.stock.take()) {
      signal.throwIfAborted();
      await prints.of(share, 'archive');
      await nextTurn();
    }
    await this.ended;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
    this.#scratch.close();
  }
}

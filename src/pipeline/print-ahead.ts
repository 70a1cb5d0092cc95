/** Printing while a core is idle: a thread prints what is new while its stories are still being found; what it has not begun by then is shared. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { ArticleRef } from '../model/article.js';
import { type SentShare, Shares, unpack } from './print-messages.js';
import type { Prints } from './prints.js';

/** Of the thread's heap: what a share leaves behind is swept out before it fills more (15 MB of a run with 15,000 articles). */
const LIMITS = { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 6 };

/** Begins at once. What a thread that failed did not print is printed where it is shown: it costs time and nothing else. */
export class PrintAhead {
  readonly #worker: Worker;
  readonly #shares: Shares;
  readonly #arrived: SentShare[] = [];
  /** Resolves when the thread has printed what it took, or failed. */
  readonly ended: Promise<void>;

  /**
   * `refs`: articles that no one changes any more before they are published. `script`: compiled, of the thread, whose
   * `workerData` is `tools` and what `Shares` sends.
   */
  constructor(refs: readonly ArticleRef[], script: URL, tools: object) {
    this.#shares = new Shares(refs);
    this.#worker = new Worker(script, { workerData: { ...tools, ...this.#shares.sent }, resourceLimits: LIMITS });
    this.#worker.unref();
    this.ended = new Promise((resolve) => {
      this.#worker.on('message', (share: SentShare) => this.#arrived.push(share));
      this.#worker.on('error', () => resolve());
      this.#worker.on('exit', () => resolve());
    });
  }

  /** Prints what the thread has not begun, and takes over what it printed. */
  async join(prints: Prints): Promise<void> {
    this.#worker.ref();
    for (let share = this.#shares.take(); share !== null && prints.hasRoom; share = this.#shares.take()) {
      await prints.of(share);
      await nextTurn();
      this.#takeOver(prints);
    }
    await this.ended;
    this.#takeOver(prints);
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #takeOver(prints: Prints): void {
    for (const share of this.#arrived.splice(0)) for (const print of unpack(share)) prints.take(print);
  }
}

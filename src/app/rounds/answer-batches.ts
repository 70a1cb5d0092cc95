/** Saves answers of a round in batches, and retries until they are saved or no longer needed. */
import { StoreError } from '../../model/errors.js';
import type { Clock } from '../../ports/clock.js';
import type { AnswerBox, SharedAnswer } from '../../ports/rounds.js';

const BATCH = 16;
const AGAIN_AFTER = 1_000;

interface Waiting {
  readonly answer: SharedAnswer;
  readonly done: (goesOn: boolean) => void;
  readonly fail: (error: unknown) => void;
}

export interface AnswerBatchesDeps {
  readonly save: (answers: readonly SharedAnswer[]) => ReturnType<AnswerBox['save']>;
  readonly clock: Clock;
  /** Deadline for saving, in milliseconds of `Clock.elapsed`. */
  readonly until: number;
  readonly signal: AbortSignal;
}

export class AnswerBatches {
  readonly #waiting: Waiting[] = [];
  #isStoring = false;

  constructor(private readonly deps: AnswerBatchesDeps) {}

  /** Resolves with whether the round continues; false also if saving failed. */
  save(answer: SharedAnswer): Promise<boolean> {
    return new Promise((done, fail) => {
      this.#waiting.push({ answer, done, fail });
      void this.#storeAll();
    });
  }

  async #storeAll(): Promise<void> {
    if (this.#isStoring) return;
    this.#isStoring = true;
    while (this.#waiting.length > 0) await this.#storeSome(this.#waiting.splice(0, BATCH));
    this.#isStoring = false;
  }

  async #storeSome(batch: readonly Waiting[]): Promise<void> {
    try {
      const goesOn = await this.#store(batch.map(({ answer }) => answer));
      for (const { done } of batch) done(goesOn);
    } catch (error) {
      for (const { fail } of batch) fail(error);
    }
  }

  async #store(answers: readonly SharedAnswer[]): Promise<boolean> {
    const { clock, until, signal } = this.deps;
    for (;;) {
      try {
        return await this.deps.save(answers);
      } catch (error) {
        if (!(error instanceof StoreError)) throw error;
        // By then, the connection is reopened. Another worker requests what was not saved.
        if (clock.elapsed() + AGAIN_AFTER > until || signal.aborted) return false;
        await clock.sleep(AGAIN_AFTER, signal);
      }
    }
  }
}

/** Stores answers of one round in batches, and again until that succeeds or nobody waits for them any more. */
import { StoreError } from '../../model/errors.js';
import type { Clock } from '../../ports/clock.js';
import type { AnswerBox, SharedAnswer } from '../../ports/rounds.js';

const BATCH = 16;
/** Milliseconds that an answer waits for others. */
const WAIT = 200;
const AGAIN_AFTER = 1_000;

interface Waiting {
  readonly answer: SharedAnswer;
  readonly done: (goesOn: boolean) => void;
  readonly fail: (error: unknown) => void;
}

export interface AnswerBatchesDeps {
  readonly save: (answers: readonly SharedAnswer[]) => ReturnType<AnswerBox['save']>;
  readonly clock: Clock;
  /** In the milliseconds of `Clock.elapsed`: later nobody waits for them. */
  readonly until: number;
  readonly signal: AbortSignal;
}

export class AnswerBatches {
  #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(private readonly deps: AnswerBatchesDeps) {}

  /** Resolves when it is stored, with whether the round goes on; with false also where it could not be. */
  save(answer: SharedAnswer): Promise<boolean> {
    return new Promise((done, fail) => {
      this.#waiting.push({ answer, done, fail });
      if (this.#waiting.length >= BATCH) void this.#flush();
      else this.#timer ??= setTimeout(() => void this.#flush(), WAIT);
    });
  }

  async #flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const batch = this.#waiting;
    this.#waiting = [];
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
        // The connection is opened again by then. What is not stored is asked again by another worker.
        if (clock.elapsed() + AGAIN_AFTER > until || signal.aborted) return false;
        await clock.sleep(AGAIN_AFTER, signal);
      }
    }
  }
}

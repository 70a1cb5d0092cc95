/** Saves the answers of a round, and retries until they are saved or no longer needed. */
import { StoreError } from '../../model/errors.js';
import type { Clock } from '../../ports/clock.js';
import type { AnswerBox, SharedAnswer } from '../../ports/rounds.js';

const AGAIN_AFTER = 1_000;

interface AnswerSaverDeps {
  readonly save: (answers: readonly SharedAnswer[]) => ReturnType<AnswerBox['save']>;
  readonly clock: Clock;
  /** Deadline for saving, in milliseconds of `Clock.elapsed`. */
  readonly until: number;
  readonly signal: AbortSignal;
}

/** Resolves with whether the round continues; false also if saving failed. */
export async function saveAnswer(
  answer: SharedAnswer,
  { save, clock, until, signal }: AnswerSaverDeps,
): Promise<boolean> {
  for (;;) {
    try {
      return await save([answer]);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      // By then, the connection is reopened. Another worker requests what was not saved.
      if (clock.elapsed() + AGAIN_AFTER > until || signal.aborted) return false;
      await clock.sleep(AGAIN_AFTER, signal);
    }
  }
}

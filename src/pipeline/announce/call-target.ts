/** Sends something to one target, and tells what became of it. */
import { outcomeOf, outcomeOfFailure, type SendOutcome, unlikeSuchAService } from '../../announce/outcome.js';
import type { OutgoingRequest, SendRequest, TargetAnswer, TargetKind } from '../../announce/target.js';
import { targets as kinds } from '../../announce/targets.js';
import type { AnnounceTarget } from '../../model/announcing.js';
import { NewsloomError } from '../../model/errors.js';
import type { Poster } from '../../ports/fetcher.js';

export async function loadKind({ to }: AnnounceTarget): Promise<TargetKind> {
  return await kinds.find(({ name }) => name === to)!.load();
}

export interface CallOutcome {
  readonly outcome: SendOutcome;
  /** null: there was none. */
  readonly answer: TargetAnswer | null;
}

export interface Callee {
  readonly target: AnnounceTarget;
  readonly kind: TargetKind;
  readonly poster: Poster;
}

/** `call`: what is asked of the target, over requests that it is given. Rejects only where the program has a fault. */
export async function callTarget(
  { target: { allowPrivateAddresses }, kind, poster }: Callee,
  call: (request: SendRequest) => Promise<TargetAnswer>,
  signal: AbortSignal,
): Promise<CallOutcome> {
  let delivering = false;
  // Before the message itself is sent, nothing can have been taken, and nothing of it refused.
  const judged = (outcome: SendOutcome): SendOutcome => (delivering ? outcome : { ...outcome, kind: 'later' });
  try {
    const answer = await call(async ({ delivers, ...one }: OutgoingRequest) => {
      delivering = delivers;
      return await poster.send({ ...one, allowPrivateAddresses }, signal);
    });
    const outcome = outcomeOf(answer, kind);
    // An answer that let it go no further says nothing, as one of another service does.
    const isUnlike = outcome.kind === 'sent' && !delivering;
    return { outcome: judged(isUnlike ? unlikeSuchAService(answer.status) : outcome), answer };
  } catch (error) {
    if (signal.aborted) return { outcome: judged({ kind: 'unknown', why: 'the run was stopped' }), answer: null };
    if (!(error instanceof NewsloomError)) throw error;
    return { outcome: judged(outcomeOfFailure(error.code, error.details.reason)), answer: null };
  }
}

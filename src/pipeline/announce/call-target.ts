/** Sends one message to a target and classifies the outcome. */
import { createUnexpectedOutcome, readOutcome, type SendOutcome, toFailureOutcome } from '../../announce/outcome.js';
import type { OutgoingRequest, SendRequest, TargetAnswer, TargetKind } from '../../announce/target.js';
import { targets as kinds } from '../../announce/targets.js';
import type { AnnounceTarget } from '../../model/announcing.js';
import { NewsloomError } from '../../model/errors.js';
import type { Poster } from '../../ports/fetcher.js';

/** Receivers with `retry` keep keys for at least this long. */
const DAY = 86_400_000;

export async function loadKind({ to, retry }: AnnounceTarget): Promise<TargetKind> {
  const kind = await kinds.find(({ name }) => name === to)!.load();
  return retry ? { ...kind, keysKeptMs: DAY } : kind;
}

export interface CallOutcome {
  readonly outcome: SendOutcome;
  /** null: no response. */
  readonly answer: TargetAnswer | null;
}

export interface Callee {
  readonly target: AnnounceTarget;
  readonly kind: TargetKind;
  readonly poster: Poster;
}

/** `call` sends requests with the function it receives. Rejects only on a bug. */
export async function callTarget(
  { target: { allowPrivateAddresses }, kind, poster }: Callee,
  call: (request: SendRequest) => Promise<TargetAnswer>,
  signal: AbortSignal,
): Promise<CallOutcome> {
  let delivering = false;
  // Until the message itself is sent, the target cannot have accepted or refused it.
  const adjustOutcome = (outcome: SendOutcome): SendOutcome => (delivering ? outcome : { ...outcome, kind: 'later' });
  try {
    const answer = await call(async ({ delivers, ...one }: OutgoingRequest) => {
      delivering = delivers;
      return await poster.send({ ...one, allowPrivateAddresses }, signal);
    });
    const outcome = readOutcome(answer, kind);
    // A success before the message was sent means that this is not the expected service.
    const isUnlike = outcome.kind === 'sent' && !delivering;
    return { outcome: adjustOutcome(isUnlike ? createUnexpectedOutcome(answer.status) : outcome), answer };
  } catch (error) {
    if (signal.aborted)
      return { outcome: adjustOutcome({ kind: 'unknown', why: 'the run was stopped' }), answer: null };
    if (!(error instanceof NewsloomError)) throw error;
    return { outcome: adjustOutcome(toFailureOutcome(error.code, error.details.reason)), answer: null };
  }
}

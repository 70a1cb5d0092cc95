/** Sends one message to one target, and tells what became of it. */
import { outcomeOf, outcomeOfFailure, type SendOutcome } from '../../announce/outcome.js';
import type { Announcement, OutgoingRequest, SendingTools, TargetAnswer, TargetKind } from '../../announce/target.js';
import { targets as kinds } from '../../announce/targets.js';
import { NewsloomError } from '../../model/errors.js';
import type { AnnounceTarget } from '../../model/outgoing/announcing.js';
import type { Poster } from '../../ports/fetcher.js';

export async function loadKind({ to }: AnnounceTarget): Promise<TargetKind> {
  return await kinds.find(({ name }) => name === to)!.load();
}

/** `answer` null: there was none. Rejects only where the program has a fault. */
export async function callTarget(
  announcement: Announcement,
  target: AnnounceTarget,
  kind: TargetKind,
  { poster, tools }: { readonly poster: Poster; readonly tools: SendingTools },
  signal: AbortSignal,
): Promise<{ readonly outcome: SendOutcome; readonly answer: TargetAnswer | null }> {
  const { allowPrivateAddresses } = target;
  let delivering = false;
  // Before the message itself is sent, nothing can have been taken, and nothing of it refused.
  const judged = (outcome: SendOutcome): SendOutcome => (delivering ? outcome : { ...outcome, kind: 'later' });
  try {
    const request = async ({ delivers, ...one }: OutgoingRequest) => {
      delivering = delivers;
      return await poster.send({ ...one, allowPrivateAddresses }, signal);
    };
    const answer = await kind.send(announcement, target, request, tools);
    return { outcome: judged(outcomeOf(answer)), answer };
  } catch (error) {
    if (signal.aborted) return { outcome: judged({ kind: 'unknown', why: 'the run was stopped' }), answer: null };
    if (!(error instanceof NewsloomError)) throw error;
    return { outcome: judged(outcomeOfFailure(error.code, error.details.reason)), answer: null };
  }
}

/** Decides when to adopt a permanent redirect: once the target is proven to be the same source (RFC 9110 15.4). */
import type { Hop } from '../model/fetch.js';
import type { RedirectMemory } from '../model/source.js';
import { MINUTES_PER_WEEK, minutesBetween } from './minutes.js';

const PERMANENT: readonly number[] = [301, 308];
const EQUAL_ANSWERS = 10;

/** A good response after redirects. `known`: its document has a known article, which excludes a hijacked domain. */
export interface RedirectEvidence {
  readonly hops: readonly Hop[];
  readonly items: 'known' | 'unknown';
}

/** The memory after one more good response. A temporary redirect, another target or none resets it. */
export function rememberRedirect(
  memory: RedirectMemory | null,
  move: RedirectEvidence,
  now: Date,
): RedirectMemory | null {
  const target = findPermanentTarget(move.hops);
  if (target === null) return null;
  const shared = move.items === 'known';
  if (memory?.target !== target) return { target, answers: 1, since: now, shared };
  return { ...memory, answers: memory.answers + 1, shared: memory.shared || shared };
}

/** Ten equal redirects over at least a week, as in NewsBlur. */
export function isProven(memory: RedirectMemory, now: Date): boolean {
  return memory.shared && memory.answers >= EQUAL_ANSWERS && minutesBetween(memory.since, now) >= MINUTES_PER_WEEK;
}

function findPermanentTarget(hops: readonly Hop[]): string | null {
  const last = hops.at(-1);
  return last !== undefined && hops.every((hop) => PERMANENT.includes(hop.status)) ? last.to : null;
}

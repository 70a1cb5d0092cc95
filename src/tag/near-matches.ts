/** Finds groups of phrases close to each other, for a topic's `near`. */
import type { PhraseHit } from './phrases/hit.js';

/** Maximum distance in words from the end of one phrase to the beginning of another. */
const reach = 10;

/** Hits of every member within ten words, in one paragraph, each used once. `members`: hits of each phrase. */
export function findNearMatches(members: readonly (readonly PhraseHit[])[]): PhraseHit[][] {
  if (members.some((hits) => hits.length === 0)) return [];
  const matches: PhraseHit[][] = [];
  let behind = -1;
  for (const start of members.flat().sort((a, b) => a.first - b.first || a.last - b.last)) {
    if (start.first <= behind) continue;
    const match = findGroup(start, members, behind);
    if (!match) continue;
    matches.push(match);
    behind = Math.max(...match.map(({ last }) => last));
  }
  return matches;
}

// `start` and, of every other member, the first hit within reach after it.
function findGroup(start: PhraseHit, members: readonly (readonly PhraseHit[])[], behind: number): PhraseHit[] | null {
  const group: PhraseHit[] = [];
  for (const hits of members) {
    const near = hits.includes(start) ? start : hits.find((hit) => hit.first > behind && isNear(start, hit));
    if (!near) return null;
    group.push(near);
  }
  return group;
}

function isNear(start: PhraseHit, hit: PhraseHit): boolean {
  return hit.paragraph === start.paragraph && hit.first > start.last && hit.first - start.last <= reach;
}

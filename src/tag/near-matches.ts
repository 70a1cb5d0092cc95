/** Phrases that stand near each other: a topic's `near` groups. */
import type { PhraseHit } from './phrases/hit.js';

/** Words from the end of one phrase to the beginning of the next, at most. */
const reach = 10;

/**
 * Places where one hit of every member stands within ten words of each other, in one paragraph; no hit is used twice.
 * `members`: the hits of each phrase of the group, in one field.
 */
export function nearMatches(members: readonly (readonly PhraseHit[])[]): PhraseHit[][] {
  if (members.some((hits) => hits.length === 0)) return [];
  const matches: PhraseHit[][] = [];
  let behind = -1;
  for (const start of members.flat().sort((a, b) => a.first - b.first || a.last - b.last)) {
    if (start.first <= behind) continue;
    const match = groupFrom(start, members, behind);
    if (!match) continue;
    matches.push(match);
    behind = Math.max(...match.map(({ last }) => last));
  }
  return matches;
}

// The first hit of every member that is not before `start` and within its reach.
function groupFrom(start: PhraseHit, members: readonly (readonly PhraseHit[])[], behind: number): PhraseHit[] | null {
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

/** Keeps a busy source from filling a full list: the head of a channel, an issue, or the messages of one run. */
import type { SourceId } from './source.js';

export interface Candidate {
  readonly sourceId: SourceId;
  readonly publishedAt: Date;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A source gets at most one place in three while others have news. */
const SHARE = 3;
/** A source with fewer articles a day does not flood even a short head. */
const FEWEST_OF_FLOOD = 10;
/** How many candidates to read for each place: a flood of that size still leaves room for others. */
export const CANDIDATES_EACH = 10;

/**
 * The newest `limit` candidates, unless one source has more than its share of them: then the sources of each hour take
 * turns, from the newest hour on, and none gets more than its share before all others had their places. The order
 * stays: newest first.
 */
export function takeTurns<T extends Candidate>(candidates: readonly T[], limit: number): readonly T[] {
  const newest = candidates.slice(0, limit);
  const isCrowded =
    newest.length === limit && findBusySources(newest, countShare(limit), Number.POSITIVE_INFINITY).size > 0;
  return isCrowded ? shareOut(candidates, limit, () => true) : newest;
}

/** Whether a source fills more than its share of a full head, so that more candidates are needed to share it out. */
export function isCrowdedHead(newest: readonly Candidate[], limit: number): boolean {
  return newest.length >= limit && findBusySources(newest, countShare(limit), DAY).size > 0;
}

/**
 * The entries of a crowded head. Only sources with more than their share, and ten articles, within a day are limited,
 * because one that publishes once a day may fill a quiet head. An entry leaves only for newer ones, if only of its source.
 */
export function shareHead<T extends Candidate>(candidates: readonly T[], limit: number): readonly T[] {
  const busy = findBusySources(candidates, Math.max(countShare(limit), FEWEST_OF_FLOOD), DAY);
  return busy.size === 0 ? candidates.slice(0, limit) : shareOut(candidates, limit, (sourceId) => busy.has(sourceId));
}

function countShare(limit: number): number {
  return Math.ceil(limit / SHARE);
}

/** Sources with more than `most` entries within this time. `entries`: newest first. */
function findBusySources(entries: readonly Candidate[], most: number, within: number): ReadonlySet<SourceId> {
  const dates = new Map<SourceId, number[]>();
  const busy = new Set<SourceId>();
  for (const { sourceId, publishedAt } of entries) {
    const theirs = dates.get(sourceId) ?? [];
    dates.set(sourceId, theirs);
    if (theirs.push(publishedAt.getTime()) > most && theirs.at(-1 - most)! - theirs.at(-1)! < within)
      busy.add(sourceId);
  }
  return busy;
}

function shareOut<T extends Candidate>(
  candidates: readonly T[],
  limit: number,
  isLimited: (sourceId: SourceId) => boolean,
): readonly T[] {
  const most = countShare(limit);
  const places = new Map<SourceId, number>();
  const chosen = new Set<T>();
  for (const candidate of orderByTurns(candidates)) {
    const taken = places.get(candidate.sourceId) ?? 0;
    if (chosen.size === limit) break;
    if (taken >= most && isLimited(candidate.sourceId)) continue;
    places.set(candidate.sourceId, taken + 1);
    chosen.add(candidate);
  }
  for (const candidate of candidates) if (chosen.size < limit) chosen.add(candidate);
  return candidates.filter((candidate) => chosen.has(candidate));
}

/** By hour, newest first; in an hour, first the newest article of each source, then the second of each, and so on. */
function orderByTurns<T extends Candidate>(candidates: readonly T[]): readonly T[] {
  const turns = new Map<string, number>();
  const ranked = candidates.map((candidate) => {
    const hour = Math.floor(candidate.publishedAt.getTime() / HOUR);
    const key = `${hour} ${candidate.sourceId}`;
    const turn = turns.get(key) ?? 0;
    turns.set(key, turn + 1);
    return { candidate, hour, turn };
  });
  return ranked.sort((a, b) => b.hour - a.hour || a.turn - b.turn).map(({ candidate }) => candidate);
}

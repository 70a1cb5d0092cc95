/** Keeps a busy source from filling a full list: the head of a channel, an issue, or the messages of one run. */
import type { SourceId } from './source.js';

export interface Candidate {
  readonly sourceId: SourceId;
  readonly publishedAt: Date;
}

const HOUR = 3_600_000;
/** A source gets at most one place in three while others have news. */
const SHARE = 3;
/** How many candidates to read for each place: a flood of that size still leaves room for others. */
export const CANDIDATES_EACH = 10;

/** Whether one source has more than its share of a full list. */
function isCrowded(entries: readonly Pick<Candidate, 'sourceId'>[], limit: number): boolean {
  if (entries.length < limit) return false;
  const places = new Map<SourceId, number>();
  for (const { sourceId } of entries.slice(0, limit)) places.set(sourceId, (places.get(sourceId) ?? 0) + 1);
  return places.size > 0 && Math.max(...places.values()) > Math.ceil(limit / SHARE);
}

/**
 * The newest `limit` candidates, unless they are crowded: then the sources of each hour take turns, from the newest hour
 * on, and none gets more than its share before all others had their places. The order stays: newest first.
 */
export function takeTurns<T extends Candidate>(candidates: readonly T[], limit: number): readonly T[] {
  if (!isCrowded(candidates, limit)) return candidates.slice(0, limit);
  const most = Math.ceil(limit / SHARE);
  const places = new Map<SourceId, number>();
  const chosen = new Set<T>();
  for (const candidate of orderByTurns(candidates)) {
    const taken = places.get(candidate.sourceId) ?? 0;
    if (chosen.size === limit) break;
    if (taken === most) continue;
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

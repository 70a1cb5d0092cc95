/** Limits which new items become articles now, by age and daily limit. */
import type { IdentifiedItem } from '../../identity/identified-items.js';
import type { Matches } from '../../identity/match.js';

export interface TakenItems {
  /** Known and new ones, in document order. */
  readonly items: readonly IdentifiedItem[];
  /** Items older than the source's `maxAge` when first seen. */
  readonly old: number;
  readonly waiting: number;
}

const DAY = 86_400_000;

export function takeItems(
  items: readonly IdentifiedItem[],
  { matches }: Pick<Matches, 'matches'>,
  { maxAgeDays, allowed }: { readonly maxAgeDays: number; readonly allowed: number },
  now: Date,
): TakenItems {
  const oldest = now.getTime() - maxAgeDays * DAY;
  const claimed = ({ draft }: IdentifiedItem) => draft.claimedPublishedAt?.getTime() ?? now.getTime();
  const unknown = items.filter((item) => !matches.has(item));
  const young = unknown.filter((item) => claimed(item) >= oldest);
  const taken = young.length <= allowed ? young : [...young].sort((a, b) => claimed(b) - claimed(a)).slice(0, allowed);
  const chosen = new Set(taken);
  return {
    items: items.filter((item) => matches.has(item) || chosen.has(item)),
    old: unknown.length - young.length,
    waiting: young.length - taken.length,
  };
}

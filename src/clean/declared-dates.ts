/** Reads the dates that a publisher declares for an item; whether to believe them is decided in `identity/`. */
import type { Draft } from '../model/article.js';
import type { Item } from '../model/item.js';

type Claims = Pick<Draft, 'claimedPublishedAt' | 'claimedPublishedFrom' | 'claimedUpdatedAt'>;

/** Earlier dates precede the web and are mistakes: epoch 0, year 1, mistyped years. */
const EARLIEST = Date.UTC(1990, 0, 1);

/** Whole seconds, UTC. `updated` serves as `published` where that is missing. */
export function declaredDatesOf(item: Item): Claims {
  const published = readDate(item.published);
  const updated = readDate(item.updated);
  return {
    claimedPublishedAt: published ?? updated,
    claimedPublishedFrom: published !== null ? 'published' : updated !== null ? 'updated' : null,
    claimedUpdatedAt: updated,
  };
}

const ISO = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/i;

/** An ISO 8601 date in whole seconds, UTC where it has no zone; null: missing, unreadable, or before 1990. */
export function readDate(iso: string | null): Date | null {
  const text = iso?.trim() ?? '';
  // Date.parse takes a date-time without zone for local time, and accepts much that is not ISO 8601.
  const at = ISO.test(text) ? Date.parse(/t\d\d:\d\d[\d:.]*$/i.test(text) ? `${text}Z` : text) : Number.NaN;
  if (Number.isNaN(at) || at < EARLIEST) return null;
  return new Date(Math.floor(at / 1000) * 1000);
}

/** Reads the dates that a publisher declares for an item. `identity/` decides whether to trust them. */
import type { Draft } from '../model/article.js';
import type { Item } from '../model/item.js';

type Claims = Pick<Draft, 'claimedPublishedAt' | 'claimedPublishedFrom' | 'claimedUpdatedAt'>;

/** Earlier dates precede the web and are invalid: epoch 0, year 1, typing errors. */
const EARLIEST = Date.UTC(1990, 0, 1);

/** Whole seconds, UTC. `updated` replaces a missing `published`. */
export function readDeclaredDates(item: Item): Claims {
  const published = readDate(item.published);
  const updated = readDate(item.updated);
  return {
    claimedPublishedAt: published ?? updated,
    claimedPublishedFrom: published !== null ? 'published' : updated !== null ? 'updated' : null,
    claimedUpdatedAt: updated,
  };
}

const ISO = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/i;

/** An ISO 8601 date in whole seconds, UTC without a zone; null: missing, unreadable, or before 1990. */
export function readDate(iso: string | null): Date | null {
  const text = iso?.trim() ?? '';
  // Date.parse reads a date-time without zone as local time, and accepts much that is not ISO 8601.
  const at = ISO.test(text) ? Date.parse(/t\d\d:\d\d[\d:.]*$/i.test(text) ? `${text}Z` : text) : Number.NaN;
  if (Number.isNaN(at) || at < EARLIEST) return null;
  return new Date(Math.floor(at / 1000) * 1000);
}

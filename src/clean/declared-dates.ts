/** What a publisher says of an item's dates. Whether we believe it is decided where first sight is known. */
import type { Draft } from '../model/article.js';
import type { Item } from '../model/item.js';

type Claims = Pick<Draft, 'claimedPublishedAt' | 'claimedPublishedFrom' | 'claimedUpdatedAt'>;

/** The web is younger: epoch 0, year 1 and mistyped years. */
const EARLIEST = Date.UTC(1990, 0, 1);

/** Whole seconds, UTC. Where only `updated` is said, it stands for both. */
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

/** An ISO 8601 date in whole seconds; null for none, unreadable, or before 1990. Without a zone it is UTC. */
export function readDate(iso: string | null): Date | null {
  const text = iso?.trim() ?? '';
  // ECMAScript reads a date-time without zone in the machine's zone, and much that is no date at all.
  const at = ISO.test(text) ? Date.parse(/t\d\d:\d\d[\d:.]*$/i.test(text) ? `${text}Z` : text) : Number.NaN;
  if (Number.isNaN(at) || at < EARLIEST) return null;
  return new Date(Math.floor(at / 1000) * 1000);
}

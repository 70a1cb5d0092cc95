/** Computes the dates of an entry's changes, the same in every format. */
import type { Entry } from './channel.js';

type DatedEntry = Pick<Entry, 'publishedAt' | 'updatedAt'>;

/** null: never revised. Feed dates have whole seconds, so smaller differences do not count. */
export function findRevisionDate({ publishedAt, updatedAt }: DatedEntry): Date | null {
  return updatedAt !== null && toWholeSecond(updatedAt) > toWholeSecond(publishedAt) ? updatedAt : null;
}

/** Date of its revision, else of its publication. */
export function findChangeDate(entry: DatedEntry): Date {
  return findRevisionDate(entry) ?? entry.publishedAt;
}

function toWholeSecond(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

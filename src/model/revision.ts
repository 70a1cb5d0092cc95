/** Computes the dates of an entry's changes, the same in every format. */
import type { Entry } from './channel.js';

type DatedEntry = Pick<Entry, 'publishedAt' | 'updatedAt'>;

/** null: never revised. Feed dates have whole seconds, so smaller differences do not count. */
export function revisedAt({ publishedAt, updatedAt }: DatedEntry): Date | null {
  return updatedAt !== null && second(updatedAt) > second(publishedAt) ? updatedAt : null;
}

/** Date of its revision, else of its publication. */
export function changedAt(entry: DatedEntry): Date {
  return revisedAt(entry) ?? entry.publishedAt;
}

function second(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

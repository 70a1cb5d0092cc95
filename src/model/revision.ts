/** When an entry changed, said the same way by every format and by the channel that shows it. */
import type { Entry } from './channel.js';

type Dated = Pick<Entry, 'publishedAt' | 'updatedAt'>;

/** The date of its revision; null where it stands as first published. Feeds tell whole seconds, so less is no revision. */
export function revisedAt({ publishedAt, updatedAt }: Dated): Date | null {
  return updatedAt !== null && second(updatedAt) > second(publishedAt) ? updatedAt : null;
}

/** Its newest date. */
export function changedAt(entry: Dated): Date {
  return revisedAt(entry) ?? entry.publishedAt;
}

function second(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

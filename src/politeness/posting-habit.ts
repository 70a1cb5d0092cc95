/** The posting habit of a source, told from the dates in its documents. */
import type { Draft } from '../model/article.js';
import type { FetchState } from '../model/source.js';

/** Dates kept of the newest articles. */
const KEPT = 30;

/** A document whose items are dated. */
export interface DatedDocument {
  readonly drafts: readonly Pick<Draft, 'claimedPublishedAt'>[];
}

type Habit = Pick<FetchState, 'recentDates' | 'oldestItemAt' | 'newestArticleAt'>;

/** Dates in the future are left out: they tell nothing. A document without dates is dated by when it brought something. */
export function habitAfter(
  before: Habit,
  document: DatedDocument,
  read: { readonly partial: boolean; readonly added: number },
  now: Date,
): Habit {
  const dates = datesOf(document, now);
  const oldest = dates.at(-1) ?? null;
  const told = dates.length > 0 ? dates : read.added > 0 ? [now] : [];
  const recentDates = merge(told, before.recentDates);
  return {
    recentDates,
    newestArticleAt: recentDates[0] ?? null,
    // RFC 3229: a partial list does not show how far the whole one reaches back.
    oldestItemAt: read.partial ? before.oldestItemAt : oldest,
  };
}

/** Newest first. */
function datesOf(document: DatedDocument, now: Date): Date[] {
  const dates = document.drafts.map((draft) => draft.claimedPublishedAt);
  return dates
    .filter((date): date is Date => date !== null && date.getTime() <= now.getTime())
    .sort((a, b) => b.getTime() - a.getTime());
}

/** What the document shows, and what we knew from before its oldest item. */
function merge(dates: readonly Date[], known: readonly Date[]): Date[] {
  const oldest = dates.at(-1)?.getTime() ?? Number.POSITIVE_INFINITY;
  return [...dates, ...known.filter((date) => date.getTime() < oldest)].slice(0, KEPT);
}

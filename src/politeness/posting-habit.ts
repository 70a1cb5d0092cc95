/** Derives the posting habit of a source from the dates in its documents. */
import type { Draft } from '../model/article.js';
import type { FetchState } from '../model/source.js';

const MOST_DATES = 30;

export interface DatedDocument {
  readonly drafts: readonly Pick<Draft, 'claimedPublishedAt'>[];
}

type DateHabit = Pick<FetchState, 'recentDates' | 'oldestItemAt' | 'newestArticleAt'>;

/** Ignores future dates. A document without dates counts as posted at `now` if it had new articles. */
export function updateHabit(
  before: DateHabit,
  document: DatedDocument,
  read: { readonly partial: boolean; readonly added: number },
  now: Date,
): DateHabit {
  const dates = listDates(document, now);
  const oldest = dates.at(-1) ?? null;
  const observed = dates.length > 0 ? dates : read.added > 0 ? [now] : [];
  const recentDates = mergeDates(observed, before.recentDates);
  return {
    recentDates,
    newestArticleAt: recentDates[0] ?? null,
    // RFC 3229: a partial response does not show how far the whole document reaches back.
    oldestItemAt: read.partial ? before.oldestItemAt : oldest,
  };
}

/** Newest first. */
function listDates(document: DatedDocument, now: Date): Date[] {
  const dates = document.drafts.map((draft) => draft.claimedPublishedAt);
  return dates
    .filter((date): date is Date => date !== null && date.getTime() <= now.getTime())
    .sort((a, b) => b.getTime() - a.getTime());
}

/** Adds the known dates that are older than the document's oldest item. */
function mergeDates(dates: readonly Date[], known: readonly Date[]): Date[] {
  const oldest = dates.at(-1)?.getTime() ?? Number.POSITIVE_INFINITY;
  return [...dates, ...known.filter((date) => date.getTime() < oldest)].slice(0, MOST_DATES);
}

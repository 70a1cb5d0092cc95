/** Decides an article's publication date once, at first sight, from the publisher's claim. */
import type { Article, Draft } from '../model/article.js';

export interface PublicationDate {
  readonly publishedAt: Date;
  readonly publishedAtFrom: Article['publishedAtFrom'];
  /** What was implausible; null: nothing. */
  readonly warning: string | null;
}

const MINUTE = 60_000;
/** A smaller difference is a clock error and gives no warning. */
const CLOCK_SKEW = 15 * MINUTE;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** @param stamps result of `findBuildStamps` for the same document. */
export function decidePublicationDate(draft: Draft, stamps: ReadonlySet<number>, now: Date): PublicationDate {
  const claimed = draft.claimedPublishedAt;
  if (claimed === null) return { publishedAt: now, publishedAtFrom: 'first-seen', warning: null };
  if (claimed > now)
    return { publishedAt: now, publishedAtFrom: 'first-seen', warning: createFutureWarning(draft, claimed, now) };
  if (stamps.has(claimed.getTime())) {
    const warning = `"${draft.title}": dated like the whole document (a build date); using the time of the first fetch`;
    return { publishedAt: now, publishedAtFrom: 'first-seen', warning };
  }
  return { publishedAt: claimed, publishedAtFrom: draft.claimedPublishedFrom ?? 'published', warning: null };
}

function createFutureWarning(draft: Draft, claimed: Date, now: Date): string | null {
  if (claimed.getTime() - now.getTime() <= CLOCK_SKEW) return null;
  return `"${draft.title}": dated ${claimed.toISOString()}, in the future; using the time of the first fetch`;
}

/**
 * The date (ms) that a site generator gave to everything it built (mkdocs-rss-plugin #123). All dated items, at least
 * 3, share it to the second. It is the document's build date, or within an hour of the read. Not midnight, which means
 * a day.
 */
export function findBuildStamps(
  items: readonly Pick<Draft, 'claimedPublishedAt'>[],
  builtAt: Date | null,
  now: Date,
): ReadonlySet<number> {
  const dates = items.flatMap(({ claimedPublishedAt }) => claimedPublishedAt?.getTime() ?? []);
  const distinct = new Set(dates);
  const isStamp = (time: number) => time === builtAt?.getTime() || Math.abs(now.getTime() - time) <= HOUR;
  const stamped = dates.length >= 3 && distinct.size === 1 && dates[0]! % DAY !== 0 && isStamp(dates[0]!);
  return stamped ? distinct : new Set();
}

/** More undated items in the first document of a source are its past. */
const MOST_AT_ONCE = 10;

/** Dates the undated items of a first document an hour apart. Otherwise they would all precede the dated ones. */
export function spreadBacklog<A extends PublicationDate & { readonly draft: Pick<Draft, 'place'> }>(
  arrivals: readonly A[],
): readonly A[] {
  const isUndated = ({ publishedAtFrom }: PublicationDate) => publishedAtFrom === 'first-seen';
  if (arrivals.filter(isUndated).length <= MOST_AT_ONCE) return arrivals;
  return arrivals.map((arrival) =>
    isUndated(arrival)
      ? { ...arrival, publishedAt: new Date(arrival.publishedAt.getTime() - arrival.draft.place * HOUR) }
      : arrival,
  );
}

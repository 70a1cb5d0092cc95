/** Decides an article's publication date once, at first sight, from the publisher's claim. */
import type { Article, Draft } from '../model/article.js';

export interface PublicationDate {
  readonly publishedAt: Date;
  readonly publishedAtFrom: Article['publishedAtFrom'];
  /** What was implausible; null: nothing. */
  readonly warning: string | null;
}

const MINUTE = 60_000;
/** A claim this little in the future is a clock difference, not worth a warning. */
const CLOCK_SKEW = 15 * MINUTE;
const HOUR = 60 * MINUTE;

/** @param stamps result of `buildStamps` for the same document. */
export function publicationDateOf(draft: Draft, stamps: ReadonlySet<number>, now: Date): PublicationDate {
  const claimed = draft.claimedPublishedAt;
  if (claimed === null) return { publishedAt: now, publishedAtFrom: 'first-seen', warning: null };
  if (claimed > now)
    return { publishedAt: now, publishedAtFrom: 'first-seen', warning: futureWarning(draft, claimed, now) };
  if (stamps.has(claimed.getTime())) {
    const warning = `"${draft.title}": dated like the whole document (a build stamp); the date of first sight is used`;
    return { publishedAt: now, publishedAtFrom: 'first-seen', warning };
  }
  return { publishedAt: claimed, publishedAtFrom: draft.claimedPublishedFrom ?? 'published', warning: null };
}

function futureWarning(draft: Draft, claimed: Date, now: Date): string | null {
  if (claimed.getTime() - now.getTime() <= CLOCK_SKEW) return null;
  return `"${draft.title}": dated ${claimed.toISOString()}, in the future; the date of first sight is used`;
}

/**
 * Dates (ms) that a site generator assigned to everything it built: at least 3 items share one to the second, and it is the
 * document's build date or within an hour of the read (mkdocs-rss-plugin #123).
 */
export function buildStamps(
  items: readonly Pick<Draft, 'claimedPublishedAt'>[],
  builtAt: Date | null,
  now: Date,
): ReadonlySet<number> {
  const counts = new Map<number, number>();
  for (const { claimedPublishedAt } of items) {
    if (claimedPublishedAt === null) continue;
    const time = claimedPublishedAt.getTime();
    counts.set(time, (counts.get(time) ?? 0) + 1);
  }
  const isStamp = (time: number) => time === builtAt?.getTime() || Math.abs(now.getTime() - time) <= HOUR;
  return new Set([...counts].filter(([time, count]) => count >= 3 && isStamp(time)).map(([time]) => time));
}

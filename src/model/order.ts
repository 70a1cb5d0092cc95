/** Sorts articles in channels: newest first, the same in every format and on every machine. */
import type { Article } from './article.js';

const LATEST_DATE = 8.64e15; // the last time value of a Date, ECMA-262 21.4.1.1
const DAY = 86_400_000;

type OrderedArticle = Pick<Article, 'publishedAt' | 'publishedAtFrom' | 'firstSeenAt' | 'place' | 'sourceId' | 'id'>;

/** Newest first by code unit. Dates without a time of day sort by source (later read first), position, id. */
export function toOrderKey(article: OrderedArticle): string {
  const published = article.publishedAt.getTime();
  // Exactly midnight: a date without a time. 'first-seen': the time of our request, not of the article.
  const vague = published % DAY === 0 || article.publishedAtFrom === 'first-seen';
  const seen = vague ? `${article.sourceId} ${toDescendingKey(article.firstSeenAt.getTime())}` : '';
  const place = vague ? article.place.toString(36).padStart(4, '0') : '';
  return `${toDescendingKey(published)} ${seen} ${place} ${article.id}`;
}

/** Offset of the source's id in a key that contains one. */
export const SOURCE_IN_ORDER = toDescendingKey(0).length + 1;

/** Sorts before the keys of all articles of this date or earlier, and after the keys of later ones. */
export function toDateKey(date: Date): string {
  return toDescendingKey(date.getTime());
}

export function parseDateKey(order: string): Date {
  return new Date(LATEST_DATE - Number.parseInt(order, 36));
}

function toDescendingKey(time: number): string {
  return (LATEST_DATE - time).toString(36).padStart(11, '0');
}

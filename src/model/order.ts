/** The order of articles in channels: newest first, the same in every format and on every machine. */
import type { Article } from './article.js';

const LATEST_DATE = 8.64e15; // the last moment that a Date can hold, ECMA-262 21.4.1.1
const DAY = 86_400_000;

type OrderedArticle = Pick<Article, 'publishedAt' | 'publishedAtFrom' | 'firstSeenAt' | 'place' | 'sourceId' | 'id'>;

/**
 * A string that sorts (by code unit) as articles are shown: published, newest first; of dates that carry no time of day,
 * articles are grouped by source, those read later first, then by place in their document; then by id. The times at which different
 * sources were read do not affect the order.
 */
export function orderKey(article: OrderedArticle): string {
  const published = article.publishedAt.getTime();
  // Exactly midnight: a date without a time. 'first-seen': the time of our request, which says little about the article.
  const vague = published % DAY === 0 || article.publishedAtFrom === 'first-seen';
  const seen = vague ? `${article.sourceId} ${descending(article.firstSeenAt.getTime())}` : '';
  const place = vague ? article.place.toString(36).padStart(4, '0') : '';
  return `${descending(published)} ${seen} ${place} ${article.id}`;
}

/** Where the id of the source begins in a key that has one. */
export const SOURCE_IN_ORDER = descending(0).length + 1;

/** Sorts before the keys of all articles of this date or earlier ones, and after those of later ones. */
export function orderOfDate(date: Date): string {
  return descending(date.getTime());
}

/** The date of an article, from its key. */
export function dateOfOrder(order: string): Date {
  return new Date(LATEST_DATE - Number.parseInt(order, 36));
}

function descending(time: number): string {
  return (LATEST_DATE - time).toString(36).padStart(11, '0');
}

/** Articles published at this moment or before come after it in order, those published later before it. */
export function orderOfMoment(moment: Date): string {
  return descending(moment.getTime());
}

/** When an article with this order key was published. */
export function publishedIn(order: string): Date {
  return new Date(LATEST_DATE - Number.parseInt(order.split(' ', 1)[0]!, 36));
}

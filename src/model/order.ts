/** The one order in which readers see articles: newest first, the same in every format and on every machine. */
import type { Article } from './article.js';

const LATEST = 8.64e15; // the last moment that a Date can hold, ECMA-262 21.4.1.1
const DAY = 86_400_000;

type Placed = Pick<Article, 'publishedAt' | 'publishedAtFrom' | 'firstSeenAt' | 'place' | 'sourceId' | 'id'>;

/**
 * A string that sorts (by code unit) as articles are shown: published, newest first; of dates that carry no time of day,
 * source by source, what was read later comes first, then its place in its document; then id. When another source was read
 * makes no difference.
 */
export function orderKey(article: Placed): string {
  const published = article.publishedAt.getTime();
  // A midnight to the second is a day without a time; a date that we gave ourselves says no more than when we looked.
  const vague = published % DAY === 0 || article.publishedAtFrom === 'first-seen';
  const seen = vague ? `${article.sourceId} ${descending(article.firstSeenAt.getTime())}` : '';
  const place = vague ? article.place.toString(36).padStart(4, '0') : '';
  return `${descending(published)} ${seen} ${place} ${article.id}`;
}

function descending(time: number): string {
  return (LATEST - time).toString(36).padStart(11, '0');
}

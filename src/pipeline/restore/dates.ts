/** Infers the origin of equal dates from the published order of articles. */
import type { Article, ArticleId } from '../../model/article.js';

type DateOrigin = Pick<Article, 'publishedAtFrom' | 'place'>;

/**
 * Reproduces the published order for `orderKey`: articles with a publisher's date come first, by id, then those dated on arrival, by
 * their place in the document.
 * @param articles in published order, newest first
 * @param documents article ids of each head and archive document, in order
 */
export function inferDateOrigins(
  articles: ReadonlyMap<ArticleId, Pick<Article, 'publishedAt'>>,
  documents: readonly (readonly ArticleId[])[],
): Map<ArticleId, DateOrigin> {
  const readTime = (id: ArticleId) => articles.get(id)!.publishedAt.getTime();
  const isOutOfOrder = (id: ArticleId, i: number, ids: readonly ArticleId[]) =>
    i > 0 && id < ids[i - 1]! && readTime(id) === readTime(ids[i - 1]!);
  const unorderedTimes = new Set(documents.flatMap((ids) => ids.filter(isOutOfOrder)).map(readTime));
  const dated = new Map<ArticleId, DateOrigin>();
  for (const [time, ids] of groupByTime([...articles.keys()], readTime)) {
    const own = unorderedTimes.has(time) ? ids.findIndex(isOutOfOrder) : -1;
    ids.forEach((id, place) => {
      dated.set(id, { place, publishedAtFrom: own < 0 || place < own ? 'published' : 'first-seen' });
    });
  }
  return dated;
}

function groupByTime(ids: readonly ArticleId[], timeOf: (id: ArticleId) => number): Map<number, ArticleId[]> {
  const groups = new Map<number, ArticleId[]>(ids.map((id) => [timeOf(id), []]));
  for (const id of ids) groups.get(timeOf(id))!.push(id);
  return groups;
}

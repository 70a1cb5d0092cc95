/** Articles of one second: what the order in which they were published says of how they were dated. */
import type { Article, ArticleId } from '../../model/article.js';

type Dated = Pick<Article, 'publishedAtFrom' | 'place'>;

/**
 * So that `orderKey` puts them where they stood: those that a publisher gave one second stand by id; behind them those that
 * we dated ourselves, as they stood in their documents.
 * @param articles as readers see them, the newest first.
 * @param documents the articles of each head and archive document, in order.
 */
export function datedAs(
  articles: ReadonlyMap<ArticleId, Pick<Article, 'publishedAt'>>,
  documents: readonly (readonly ArticleId[])[],
): Map<ArticleId, Dated> {
  const timeOf = (id: ArticleId) => articles.get(id)!.publishedAt.getTime();
  const isOutOfOrder = (id: ArticleId, i: number, ids: readonly ArticleId[]) =>
    i > 0 && id < ids[i - 1]! && timeOf(id) === timeOf(ids[i - 1]!);
  const oddTimes = new Set(documents.flatMap((ids) => ids.filter(isOutOfOrder)).map(timeOf));
  const dated = new Map<ArticleId, Dated>();
  for (const [time, ids] of bySecond([...articles.keys()], timeOf)) {
    const own = oddTimes.has(time) ? ids.findIndex(isOutOfOrder) : -1;
    ids.forEach((id, place) => {
      dated.set(id, { place, publishedAtFrom: own < 0 || place < own ? 'published' : 'first-seen' });
    });
  }
  return dated;
}

function bySecond(ids: readonly ArticleId[], timeOf: (id: ArticleId) => number): Map<number, ArticleId[]> {
  const groups = new Map<number, ArticleId[]>(ids.map((id) => [timeOf(id), []]));
  for (const id of ids) groups.get(timeOf(id))!.push(id);
  return groups;
}

/** Articles of one second: what the order in which they were published tells of how they were dated. */
import type { Article, ArticleId } from '../../model/article.js';

export interface Dated {
  readonly publishedAtFrom: Article['publishedAtFrom'];
  readonly place: number;
}

interface Placed {
  readonly id: ArticleId;
  readonly publishedAt: Date;
  readonly rank: number;
}

/**
 * So that `orderKey` puts them where they stood: those that a publisher gave one second stand by id; behind them those that
 * we dated ourselves, as they stood in their documents.
 * @param documents the articles of each head and archive document, in order.
 */
export function datedAs(
  articles: ReadonlyMap<ArticleId, Placed>,
  documents: Iterable<readonly ArticleId[]>,
): Map<ArticleId, Dated> {
  const odd = oddSeconds(articles, documents);
  const dated = new Map<ArticleId, Dated>();
  for (const [time, group] of bySecond(articles.values())) {
    const own = odd.has(time) ? outOfOrder(group) : group.length;
    group.forEach(({ id }, place) => {
      dated.set(id, { place, publishedAtFrom: place < own ? 'published' : 'first-seen' });
    });
  }
  return dated;
}

/** Those in which some document does not follow the order of ids. */
function oddSeconds(
  articles: ReadonlyMap<ArticleId, Placed>,
  documents: Iterable<readonly ArticleId[]>,
): ReadonlySet<number> {
  const odd = new Set<number>();
  for (const ids of documents) {
    for (let i = 1; i < ids.length; i++) {
      const time = articles.get(ids[i]!)!.publishedAt.getTime();
      if (ids[i]! < ids[i - 1]! && articles.get(ids[i - 1]!)!.publishedAt.getTime() === time) odd.add(time);
    }
  }
  return odd;
}

function bySecond(articles: Iterable<Placed>): Map<number, Placed[]> {
  const groups = new Map<number, Placed[]>();
  for (const article of [...articles].sort((a, b) => a.rank - b.rank)) {
    const time = article.publishedAt.getTime();
    const group = groups.get(time);
    if (group === undefined) groups.set(time, [article]);
    else group.push(article);
  }
  return groups;
}

/** The first that stands behind one of a greater id. */
function outOfOrder(group: readonly Placed[]): number {
  const at = group.findIndex(({ id }, i) => i > 0 && id < group[i - 1]!.id);
  return at < 0 ? group.length : at;
}

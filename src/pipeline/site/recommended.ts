/** "You may also like" for pages: other stories, from what the store held around the article's date; no clock, and no weights that a new article would change. */
import { readArticle } from '../../cluster/reading.js';
import { RelatedIndex } from '../../cluster/related.js';
import { weighByLanguage } from '../../cluster/weigh.js';
import type { Article, ArticleRef } from '../../model/article.js';
import type { Store } from '../../ports/store/store.js';

const day = 86_400_000;
/** A page points to what was published so long before its article … */
const before = 14 * day;
/** … or after it: then it stays as it is. */
const after = 3 * day;
/** Of busier sites the newest of these days. */
const mostCandidates = 2000;

/** For each article at most `limit` others, best first; an article without any is left out. */
export async function recommendedArticles(
  store: Store,
  articles: readonly Article[],
  limit: number,
): Promise<ReadonlyMap<ArticleRef, readonly ArticleRef[]>> {
  const found = new Map<ArticleRef, readonly ArticleRef[]>();
  for (const [start, asked] of byDay(articles)) {
    const around = await store.publishedBetween(
      new Date(start - before),
      new Date(start + day + after),
      mostCandidates,
    );
    const standing = around.filter(({ withdrawnAt }) => withdrawnAt === null);
    const index = await indexOf([...standing, ...asked], store);
    for (const { ref, publishedAt } of asked) {
      const latest = publishedAt.getTime() + after;
      const alike = index.related(ref, limit, 'other-stories', (other) => other.publishedAt <= latest);
      const keys = alike.map(({ key }) => key);
      if (keys.length > 0) found.set(ref, keys);
    }
  }
  return found;
}

// What an article is compared with depends on its own date alone, never on what else is asked in the same run.
function byDay(articles: readonly Article[]): Map<number, Article[]> {
  const days = new Map<number, Article[]>();
  for (const article of articles) {
    const start = Math.floor(article.publishedAt.getTime() / day) * day;
    days.set(start, [...(days.get(start) ?? []), article]);
  }
  return days;
}

async function indexOf(articles: readonly Article[], store: Store): Promise<RelatedIndex<ArticleRef, ArticleRef>> {
  const each = new Map(articles.map((article) => [article.ref, article]));
  const stories = await store.storiesOf([...each.keys()]);
  const index = new RelatedIndex<ArticleRef, ArticleRef>((ref) => stories.get(ref) ?? ref);
  for (const article of [...each.values()].sort(byDateThenId)) {
    const { ref, sourceId, publishedAt, attribution } = article;
    const reading = readArticle({ ...article, publication: [attribution.publication.title, sourceId] });
    const vector = weighByLanguage(reading);
    const topics = article.topics.map(({ topicId }) => topicId);
    const { signature } = reading;
    index.add({ key: ref, sourceId, publishedAt: publishedAt.getTime(), topics, vector, signature });
  }
  return index;
}

function byDateThenId(a: Article, b: Article): number {
  return a.publishedAt.getTime() - b.publishedAt.getTime() || (a.id < b.id ? -1 : 1);
}

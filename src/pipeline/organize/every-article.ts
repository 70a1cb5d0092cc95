/** Reads all stored articles, in batches that bound memory. */
import type { Article } from '../../model/article.js';
import type { Store } from '../../ports/store/store.js';

/** Number of articles read at once. */
export const ARTICLES_AT_ONCE = 500;

/** Without pending and pruned ones, ascending by ref; those that are stored meanwhile too. */
export async function* everyArticle(store: Pick<Store, 'articlesAfter'>): AsyncIterable<readonly Article[]> {
  for (let articles = await store.articlesAfter(0, ARTICLES_AT_ONCE); articles.length > 0; ) {
    yield articles;
    articles = await store.articlesAfter(articles.at(-1)!.ref, ARTICLES_AT_ONCE);
  }
}

/** Reads all stored articles, in batches that bound memory. */
import type { Article, ArticleRef } from '../../model/article.js';
import type { SourceId } from '../../model/source.js';
import type { Store } from '../../ports/store/store.js';

export const ARTICLES_AT_ONCE = 500;

export function* splitIntoBatches<T>(all: readonly T[], size = ARTICLES_AT_ONCE): Iterable<readonly T[]> {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}

/** Ascending by ref, without pending and pruned articles. Includes articles stored during iteration. */
export async function* readAllArticles(store: Pick<Store, 'nextArticles'>): AsyncIterable<readonly Article[]> {
  for (let articles = await store.nextArticles(0, ARTICLES_AT_ONCE); articles.length > 0; ) {
    yield articles;
    articles = await store.nextArticles(articles.at(-1)!.ref, ARTICLES_AT_ONCE);
  }
}

/** The articles of one source, including hidden and withdrawn ones, and pruned ones that are still published. */
export async function* readSourceArticles(
  id: SourceId,
  store: Pick<Store, 'nextArticles' | 'neighbours' | 'visibleArticles'>,
): AsyncIterable<readonly Article[]> {
  const own = (articles: readonly Article[]) => articles.filter(({ sourceId }) => sourceId === id);
  const kept = new Set<ArticleRef>();
  for await (const articles of readAllArticles(store)) {
    for (const { ref } of articles) kept.add(ref);
    yield own(articles);
  }
  const published = new Set<ArticleRef>();
  for (const channel of ['all', `sources/${id}`])
    for (const { ref } of await store.neighbours(channel, '', 'older', Number.MAX_SAFE_INTEGER)) published.add(ref);
  const pruned = [...published].filter((ref) => !kept.has(ref));
  for (const refs of splitIntoBatches(pruned)) yield own(await store.visibleArticles(refs));
}

/** Decides which articles a source may withdraw: another source must not lose an article that this one drops. */
import type { SiteOwnership } from '../../identity/site-ownership.js';
import type { ArticleRef } from '../../model/article.js';
import type { SourceId } from '../../model/source.js';
import type { Store } from '../../ports/store/store.js';

/**
 * Its own articles, and those of equally near feeds at the same address. The last carrier may withdraw an article that
 * its owner dropped.
 */
export async function selectWithdrawable(
  refs: readonly ArticleRef[],
  sourceId: SourceId,
  { store, ownership }: { readonly store: Pick<Store, 'articles'>; readonly ownership: SiteOwnership },
): Promise<readonly ArticleRef[]> {
  if (refs.length === 0) return refs;
  const articles = new Map((await store.articles(refs)).map((article) => [article.ref, article]));
  return refs.filter((ref) => {
    const article = articles.get(ref);
    if (article === undefined) return false;
    const { sourceId: owner, url } = article;
    if (owner === sourceId) return true;
    if (url === null || !ownership.owns(owner, url) || ownership.areRivals(owner, sourceId, url)) return false;
    return ownership.owns(sourceId, url) && !ownership.isNearer(owner, sourceId, url);
  });
}

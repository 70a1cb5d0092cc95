/** Which articles a source may withdraw: an article must not vanish because another source that carried it drops it. */
import type { ArticleRef } from '../../model/article.js';
import type { Source, SourceId } from '../../model/source.js';
import type { Store } from '../../ports/store/store.js';

/** Whether `source` may withdraw articles of `owner`. */
export type MayWithdraw = (source: Source, owner: SourceId) => boolean;

/** True for its own articles and those of feeds on the same host, which count as one publisher. Once the owner has dropped an article, its last carrier may withdraw it. */
export function createMayWithdraw(sources: readonly Source[]): MayWithdraw {
  const hosts = new Map(sources.map(({ id, url }) => [id, new URL(url).hostname]));
  return (source, owner) => owner === source.id || hosts.get(owner) === hosts.get(source.id);
}

/** Those that the source may withdraw, in order. */
export async function withdrawable(
  refs: readonly ArticleRef[],
  source: Source,
  { store, mayWithdraw }: { readonly store: Pick<Store, 'articles'>; readonly mayWithdraw: MayWithdraw },
): Promise<readonly ArticleRef[]> {
  if (refs.length === 0) return refs;
  const owners = new Map((await store.articles(refs)).map(({ ref, sourceId }) => [ref, sourceId]));
  return refs.filter((ref) => {
    const owner = owners.get(ref);
    return owner !== undefined && mayWithdraw(source, owner);
  });
}

/** Whose article a source may take back: nobody's news may vanish because a stranger who only carried it dropped it. */
import type { ArticleRef } from '../../model/article.js';
import type { Source, SourceId } from '../../model/source.js';
import type { Store } from '../../ports/store/store.js';

/** Whether `source` may take back what `owner` brought. */
export type MayWithdraw = (source: Source, owner: SourceId) => boolean;

/** For its own, and for other feeds of one publisher: they lie on one host. What an article's owner has dropped already, its last carrier may take back. */
export function createMayWithdraw(sources: readonly Source[]): MayWithdraw {
  const hosts = new Map(sources.map(({ id, url }) => [id, new URL(url).hostname]));
  return (source, owner) => owner === source.id || hosts.get(owner) === hosts.get(source.id);
}

/** Of these, in their order, those that are the source's to take back. */
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

/** Gives new articles their ids. */
import type { MintContext, Minted } from '../../identity/mint.js';
import type { ArticleId } from '../../model/article.js';
import type { PendingArticle } from '../../model/identity.js';
import type { Store } from '../../ports/store/store.js';
import type { ChangedArticles } from './changed-articles.js';

/**
 * Before: credits are final, and articles of reviewed sources are on hold.
 * After: no article is pending, not even one of an interrupted run. `changed.minted` has the new ones.
 */
export async function mintArticles(store: Store, context: MintContext, changed: ChangedArticles): Promise<void> {
  const pending = await store.pending();
  if (pending.length === 0) return;
  const { minted, merged, foreign, named } = await mintFreeIds(store, pending, context);
  await store.mint(minted, merged, foreign, named);
  for (const { ref } of minted) changed.minted.add(ref);
}

/** Mints again until no id is taken; each id is looked up only once. */
async function mintFreeIds(store: Store, pending: readonly PendingArticle[], context: MintContext): Promise<Minted> {
  const { mint } = await import('../../identity/mint.js');
  const taken = new Set<ArticleId>();
  const checked = new Set<ArticleId>();
  for (;;) {
    const result = mint(pending, taken, context);
    const unchecked = result.minted.map(({ id }) => id).filter((id) => !checked.has(id));
    const found = await store.takenIds(unchecked);
    if (found.size === 0) return result;
    for (const id of unchecked) checked.add(id);
    for (const id of found) taken.add(id);
  }
}

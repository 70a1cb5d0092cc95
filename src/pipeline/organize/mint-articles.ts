/** Assigns ids to new articles. */
import type { MintContext, Minted } from '../../identity/mint.js';
import type { ArticleId } from '../../model/article.js';
import type { PendingArticle } from '../../model/identity.js';
import type { Store } from '../../ports/store/store.js';
import type { ChangedArticles } from './changed-articles.js';

/** Requires final credits and held reviews. Then no article is pending, including those of interrupted runs. */
export async function mintArticles(store: Store, context: MintContext, changed: ChangedArticles): Promise<void> {
  const pending = await store.pending();
  if (pending.length === 0) return;
  const { minted, merged, foreign, named } = await mintFreeIds(store, pending, context);
  await store.mint(minted, merged, foreign, named);
  for (const { ref } of minted) changed.minted.add(ref);
}

/** Repeats until no id is taken; looks up each id once. */
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

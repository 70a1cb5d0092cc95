/** Articles that went into another story: pages that list them may list others now. Noted until these are published. */
import type { ArticleRef } from '../../model/article.js';
import type { Store } from '../../ports/store/store.js';

/** Meta key. */
const RELISTED = 'relisted';

/** Adds to those that are noted. */
export async function noteRelisted(store: Pick<Store, 'note' | 'saveMeta'>, refs: Iterable<ArticleRef>): Promise<void> {
  const before = await relistedArticles(store);
  const all = new Set([...before, ...refs]);
  if (all.size > before.length) await store.saveMeta(RELISTED, JSON.stringify([...all]));
}

/** STORE_CORRUPT where the note is not what was written. */
export async function relistedArticles(store: Pick<Store, 'note'>): Promise<readonly ArticleRef[]> {
  return ((await store.note(RELISTED, Array.isArray)) as ArticleRef[] | null) ?? [];
}

/** Their pages are published. */
export async function forgetRelisted(store: Pick<Store, 'meta' | 'saveMeta'>): Promise<void> {
  if ((await store.meta(RELISTED)) !== null) await store.saveMeta(RELISTED, null);
}

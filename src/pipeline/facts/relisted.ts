/** Records articles that moved to another story until the pages that list them are published. */
import type { ArticleRef } from '../../model/article.js';
import type { Store } from '../../ports/store/store.js';

const RELISTED = 'relisted';

export async function recordRelisted(
  store: Pick<Store, 'readJson' | 'saveMeta'>,
  refs: Iterable<ArticleRef>,
): Promise<void> {
  const before = await readRelisted(store);
  const all = new Set([...before, ...refs]);
  if (all.size > before.length) await store.saveMeta(RELISTED, JSON.stringify([...all]));
}

/** Throws STORE_CORRUPT if the stored value is not an array. */
export async function readRelisted(store: Pick<Store, 'readJson'>): Promise<readonly ArticleRef[]> {
  return ((await store.readJson(RELISTED, Array.isArray)) as ArticleRef[] | null) ?? [];
}

export async function clearRelisted(store: Pick<Store, 'meta' | 'saveMeta'>): Promise<void> {
  if ((await store.meta(RELISTED)) !== null) await store.saveMeta(RELISTED, null);
}

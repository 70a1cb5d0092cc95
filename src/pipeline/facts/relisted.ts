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

export async function readRelisted(store: Pick<Store, 'readJson'>): Promise<readonly ArticleRef[]> {
  return (await store.readJson<ArticleRef[]>(RELISTED)) ?? [];
}

export async function clearRelisted(store: Pick<Store, 'meta' | 'saveMeta'>): Promise<void> {
  if ((await store.meta(RELISTED)) !== null) await store.saveMeta(RELISTED, null);
}

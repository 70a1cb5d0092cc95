/** The note of a current outage in the store. */
import type { Store } from '../../ports/store/store.js';

const KEY = 'outage';

/** Since when most sources are unanswered; null: no outage. */
export async function readOutage(store: Pick<Store, 'meta'>): Promise<Date | null> {
  const since = await store.meta(KEY);
  return since === null ? null : new Date(since);
}

export async function saveOutage(store: Pick<Store, 'saveMeta'>, since: Date | null): Promise<void> {
  await store.saveMeta(KEY, since === null ? null : since.toISOString());
}

/** The note of a current outage in the store. */
import type { Store } from '../../ports/store/store.js';

export const OUTAGE = 'outage';

/** Since when most sources are unanswered; null: no outage. */
export async function readOutage(store: Pick<Store, 'meta'>): Promise<Date | null> {
  const since = await store.meta(OUTAGE);
  return since === null ? null : new Date(since);
}

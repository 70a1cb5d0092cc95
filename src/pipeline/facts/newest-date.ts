/** The date of the newest article: the clock of everything that time changes in published files. */
import { parseDateKey } from '../../model/order.js';
import type { Store } from '../../ports/store/store.js';

export async function findNewestDate(store: Pick<Store, 'neighbours'>): Promise<Date | null> {
  const [newest] = await store.neighbours('all', '', 'older', 1);
  return newest === undefined ? null : parseDateKey(newest.order);
}

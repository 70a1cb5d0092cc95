/** Remembers that older articles came in which are no news, until a run that announces nothing has published them. */
import type { Store } from '../../../ports/store/store.js';

const UNTOLD = 'backfill-untold';

export async function hasUntold(store: Pick<Store, 'meta'>): Promise<boolean> {
  return (await store.meta(UNTOLD)) !== null;
}

export async function noteUntold(store: Pick<Store, 'saveMeta'>, is: boolean): Promise<void> {
  await store.saveMeta(UNTOLD, is ? 'true' : null);
}

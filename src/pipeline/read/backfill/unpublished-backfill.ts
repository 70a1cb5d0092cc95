/** Records an unpublished backfill, so that the next run publishes its articles without announcing them. */
import type { Store } from '../../../ports/store/store.js';

const UNPUBLISHED = 'backfill-untold';

export async function hasUnpublishedBackfill(store: Pick<Store, 'meta'>): Promise<boolean> {
  return (await store.meta(UNPUBLISHED)) !== null;
}

export async function noteUnpublishedBackfill(store: Pick<Store, 'saveMeta'>, isUnpublished: boolean): Promise<void> {
  await store.saveMeta(UNPUBLISHED, isUnpublished ? 'true' : null);
}

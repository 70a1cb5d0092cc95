/** Opens what fetch workers and publishers of one site share, where its store can be shared. */
import { StoreError } from '../../model/errors.js';
import type { RoundStatus } from '../../model/round.js';
import type { StoreSettings } from '../../model/settings.js';
import type { AnswerBox, BundleQueue, BundleSender } from '../../ports/rounds.js';

/** Rejects with StoreError. */
export async function openAnswerBox(store: StoreSettings): Promise<AnswerBox> {
  const { openAnswers } = await import('../../store/postgres/rounds/open-answers.js');
  return await openAnswers(store);
}

/** For an editor: takes no lock. Rejects with StoreError. */
export async function readRounds(store: StoreSettings): Promise<RoundStatus> {
  const box = await openAnswerBox(store);
  return await box.status().finally(() => box.close());
}

export async function openQueue(store: StoreSettings, onError: (error: Error) => void): Promise<BundleQueue> {
  const { openBundleQueue } = await import('../../queue/pg-boss.js');
  return await openBundleQueue({ ...placeOfQueue(store), onError });
}

/** `leaseMs`: how long a worker has for a bundle. */
export async function openSender(
  store: StoreSettings,
  leaseMs: number,
  onError: (error: Error) => void,
): Promise<BundleSender> {
  const { createBundleSender } = await import('../../queue/pg-boss.js');
  return await createBundleSender(leaseMs, { ...placeOfQueue(store), onError });
}

/** Beside the tables of the site, in a schema of the queue's own. */
function placeOfQueue({ url, schema = 'newsloom' }: StoreSettings): { readonly url: string; readonly schema: string } {
  if (url === null)
    throw new StoreError('STORE_FAILED', 'store.url is missing: the queue of bundles is in the database');
  return { url, schema: `${schema}_jobs` };
}

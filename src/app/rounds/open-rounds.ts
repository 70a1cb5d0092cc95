/** Opens the queue and answer box of a site with a shared store. */
import { StoreError } from '../../model/errors.js';
import type { RoundStatus } from '../../model/round.js';
import type { StoreSettings } from '../../model/settings.js';
import type { AnswerBox, BundleQueue, BundleSender } from '../../ports/rounds.js';

export async function openAnswerBox(store: StoreSettings): Promise<AnswerBox> {
  const { openAnswers } = await import('../../store/postgres/rounds/open-answers.js');
  return await openAnswers(store);
}

/** Needs no lock. Rejects with StoreError. */
export async function readRounds(store: StoreSettings): Promise<RoundStatus> {
  const box = await openAnswerBox(store);
  return await box.status().finally(() => box.close());
}

export async function openQueue(store: StoreSettings, onError: (error: Error) => void): Promise<BundleQueue> {
  const { openBundleQueue } = await import('../../queue/pg-boss.js');
  return await openBundleQueue({ ...buildQueueOptions(store), onError });
}

export async function openSender(
  store: StoreSettings,
  leaseMs: number,
  onError: (error: Error) => void,
): Promise<BundleSender> {
  const { createBundleSender } = await import('../../queue/pg-boss.js');
  return await createBundleSender(leaseMs, { ...buildQueueOptions(store), onError });
}

/** The queue has a separate schema next to the site's. */
function buildQueueOptions({ url, schema = 'newsloom' }: StoreSettings): {
  readonly url: string;
  readonly schema: string;
} {
  if (url === null) throw new StoreError('STORE_FAILED', 'store.url is missing: set it to the address of the database');
  return { url, schema: `${schema}_jobs` };
}

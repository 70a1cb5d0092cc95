/** What is going on among the processes that share a site, for an editor. */

import type { RoundStatus } from '../../model/round.js';
import type { StoreSettings } from '../../model/settings.js';
import { openAnswerBox } from './open-rounds.js';

/** Takes no lock. Rejects with StoreError. */
export async function readRounds(store: StoreSettings): Promise<RoundStatus> {
  const box = await openAnswerBox(store);
  return await box.status().finally(() => box.close());
}

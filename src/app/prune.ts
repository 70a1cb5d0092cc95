/** Applies retention on demand: old articles lose their text; their keys, ids and archive places stay. */
import type { Settings } from '../model/settings.js';
import { openStore } from './open-store.js';
import { copyOfStore } from './stores/dry-run.js';

export interface PruneReport {
  /** Articles first seen before this are pruned, except those that a head shows. */
  readonly before: Date;
  readonly pruned: number;
  readonly left: number;
}

/** `rehearse` prunes a copy. Throws StoreError: STORE_LOCKED where another process has the store, STORE_CORRUPT where it is damaged. */
export async function pruneSite(settings: Settings, now: Date, mode: 'prune' | 'rehearse'): Promise<PruneReport> {
  const before = retainedSince(settings, now);
  const copy = mode === 'rehearse' ? await copyOfStore(settings.store) : null;
  try {
    const store = await openStore(copy?.settings ?? settings.store, 'write');
    try {
      const pruned = await store.prune(before, settings.publish.items);
      return { before, pruned, left: await store.countArticles() };
    } finally {
      await store.close();
    }
  } finally {
    await copy?.remove();
  }
}

/** Articles first seen before this date are past the retention. */
export function retainedSince({ retentionDays }: Pick<Settings, 'retentionDays'>, now: Date): Date {
  return new Date(now.getTime() - retentionDays * 86_400_000);
}

/** Applies retention on demand: old articles lose their text but keep keys, ids and archive places. */
import type { Settings } from '../model/settings.js';
import { readLastRun } from '../pipeline/read/run-clock.js';
import type { Store } from '../ports/store/store.js';
import { copyToTemporaryStore } from './dry-run.js';
import { openStore } from './open-store.js';

export interface PruneReport {
  /** Prunes articles first seen before this, except those in a head. */
  readonly before: Date;
  readonly pruned: number;
  readonly left: number;
}

/** `now` null: the current time. `rehearse` prunes a copy. Throws StoreError: STORE_LOCKED or, for a damaged store, STORE_CORRUPT. */
export async function pruneSite(
  settings: Settings,
  now: Date | null,
  mode: 'prune' | 'rehearse',
): Promise<PruneReport> {
  const copy = mode === 'rehearse' ? await copyToTemporaryStore(settings.store) : null;
  try {
    const store = await openStore(copy?.settings ?? settings.store, 'write');
    try {
      const before = findRetentionStart(settings, now ?? (await limitToLastRun(store, new Date())));
      const pruned = await store.prune(before, settings.publish.items);
      return { before, pruned, left: await store.countArticles() };
    } finally {
      await store.close();
    }
  } finally {
    await copy?.remove();
  }
}

export async function pruneStore(store: Store, settings: Settings, now: Date): Promise<number> {
  return await store.prune(findRetentionStart(settings, now), settings.publish.items);
}

/** At most the time of the last run: with a fast clock, recent articles would be pruned. */
async function limitToLastRun(store: Store, now: Date): Promise<Date> {
  const last = (await readLastRun(store)) ?? now;
  return last < now ? last : now;
}

function findRetentionStart({ retentionDays }: Pick<Settings, 'retentionDays'>, now: Date): Date {
  return new Date(now.getTime() - retentionDays * 86_400_000);
}

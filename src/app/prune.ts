/** Applies retention on demand: old articles lose their text; their keys, ids and archive places stay. */
import type { Settings } from '../model/settings.js';
import { readLastRun } from '../pipeline/read/run-clock.js';
import type { Store } from '../ports/store/store.js';
import { copyOfStore } from './dry-run.js';
import { openStore } from './open-store.js';

export interface PruneReport {
  /** Articles first seen before this are pruned, except those that a head shows. */
  readonly before: Date;
  readonly pruned: number;
  readonly left: number;
}

/** `now`: null is the machine's. `rehearse` prunes a copy. Throws StoreError: STORE_LOCKED where another process has the store, STORE_CORRUPT where it is damaged. */
export async function pruneSite(
  settings: Settings,
  now: Date | null,
  mode: 'prune' | 'rehearse',
): Promise<PruneReport> {
  const copy = mode === 'rehearse' ? await copyOfStore(settings.store) : null;
  try {
    const store = await openStore(copy?.settings ?? settings.store, 'write');
    try {
      const before = retainedSince(settings, now ?? (await notAhead(store, new Date())));
      const pruned = await store.prune(before, settings.publish.items);
      return { before, pruned, left: await store.countArticles() };
    } finally {
      await store.close();
    }
  } finally {
    await copy?.remove();
  }
}

/** Returns the number of articles. */
export async function pruneNow(store: Store, settings: Settings, now: Date): Promise<number> {
  return await store.prune(retainedSince(settings, now), settings.publish.items);
}

/** At most the time of the last run: what a clock that is ahead takes for old would be lost. */
async function notAhead(store: Store, now: Date): Promise<Date> {
  const last = (await readLastRun(store)) ?? now;
  return last < now ? last : now;
}

/** Articles first seen before this date are past the retention. */
function retainedSince({ retentionDays }: Pick<Settings, 'retentionDays'>, now: Date): Date {
  return new Date(now.getTime() - retentionDays * 86_400_000);
}

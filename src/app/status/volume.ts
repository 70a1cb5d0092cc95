/** How much each source publishes, and how much of the section's newest articles it fills. */
import { parseDateKey } from '../../model/order.js';
import type { Settings } from '../../model/settings.js';
import type { SourceId } from '../../model/source.js';
import { splitIntoBatches } from '../../pipeline/facts/every-article.js';
import type { Store } from '../../ports/store/store.js';
import { readStore } from '../open-store.js';

export interface SourceVolume {
  readonly id: SourceId;
  /** Published articles of the last seven days, each of 24 hours. */
  readonly articles: number;
  /** Median of these days. */
  readonly perDay: number;
  /** Share of the newest articles of the section, from 0 to 1. */
  readonly share: number;
}

const DAYS = 7;
const DAY = 86_400_000;

/** The busiest first; sources without an article are last. Throws StoreError. */
export async function readVolume({ store: kept, sources, publish }: Settings, now: Date): Promise<SourceVolume[]> {
  return await readStore(kept, async (store) => {
    const counts = new Map<SourceId, { days: number[]; shown: number }>();
    for (const { id } of sources) counts.set(id, { days: Array<number>(DAYS).fill(0), shown: 0 });
    let place = 0;
    for await (const { sourceId, publishedAt } of readNewest(store, publish.items, now.getTime() - DAYS * DAY)) {
      const count = counts.get(sourceId);
      const day = Math.floor((now.getTime() - publishedAt.getTime()) / DAY);
      if (count !== undefined && day >= 0 && day < DAYS) count.days[day]! += 1;
      if (count !== undefined && place < publish.items) count.shown += 1;
      place += 1;
    }
    const size = Math.max(1, Math.min(place, publish.items));
    return [...counts]
      .map(([id, { days, shown }]) => {
        const median = [...days].sort((a, b) => a - b)[(DAYS - 1) / 2]!;
        return { id, articles: days.reduce((sum, count) => sum + count, 0), perDay: median, share: shown / size };
      })
      .sort((a, b) => b.articles - a.articles || b.share - a.share || (a.id < b.id ? -1 : 1));
  });
}

/** At least `least` articles, and all since `since`, newest first. */
async function* readNewest(store: Pick<Store, 'neighbours' | 'articleFacts'>, least: number, since: number) {
  const all = await store.neighbours('all', '', 'older', Number.MAX_SAFE_INTEGER);
  const refs = all.filter(({ order }, i) => i < least || parseDateKey(order).getTime() > since).map(({ ref }) => ref);
  for (const batch of splitIntoBatches(refs)) yield* await store.articleFacts(batch, 'all');
}

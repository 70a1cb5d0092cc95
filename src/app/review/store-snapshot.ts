/** What the channels of a store hold at one moment, and what rules keep out of them. */
import type { ArticleRef } from '../../model/article.js';
import type { ChannelPath } from '../../model/channel.js';
import type { StoreSettings } from '../../model/settings.js';
import type { Source, SourceId } from '../../model/source.js';
import { readStore } from '../open-store.js';

export interface StoreSnapshot {
  /** Those that readers see. */
  readonly articles: number;
  /** Newest first, those alone that readers see. */
  readonly members: ReadonlyMap<ChannelPath, readonly ArticleRef[]>;
  /** Dropped by rules. */
  readonly dropped: ReadonlySet<ArticleRef>;
  /** Articles that readers see of each source. */
  readonly bySource: ReadonlyMap<SourceId, number>;
}

/** Throws StoreError. */
export async function storeSnapshot(at: StoreSettings, sources: readonly Pick<Source, 'id'>[]): Promise<StoreSnapshot> {
  return await readStore(at, async (store) => {
    const members = new Map<ChannelPath, readonly ArticleRef[]>();
    for (const { channel } of await store.channels()) {
      const all = await store.neighbours(channel, '', 'older', Number.MAX_SAFE_INTEGER);
      members.set(
        channel,
        all.map(({ ref }) => ref),
      );
    }
    const bySource = sources.map(({ id }) => [id, members.get(`sources/${id}`)?.length ?? 0] as const);
    return {
      articles: members.get('all')?.length ?? 0,
      members,
      dropped: new Set(await store.hiddenRefs('rule')),
      bySource: new Map(bySource),
    };
  });
}

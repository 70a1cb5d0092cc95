/** Records the channels of a store, and the articles that rules drop. */
import type { ArticleRef } from '../../model/article.js';
import type { ChannelPath } from '../../model/channel.js';
import type { StoreSettings } from '../../model/settings.js';
import type { Source, SourceId } from '../../model/source.js';
import { readStore } from '../open-store.js';

export interface StoreSnapshot {
  readonly articles: number;
  /** Visible articles, newest first. */
  readonly members: ReadonlyMap<ChannelPath, readonly ArticleRef[]>;
  readonly dropped: ReadonlySet<ArticleRef>;
  readonly bySource: ReadonlyMap<SourceId, number>;
}

export async function readStoreSnapshot(
  at: StoreSettings,
  sources: readonly Pick<Source, 'id'>[],
): Promise<StoreSnapshot> {
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

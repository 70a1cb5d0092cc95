/** Detects articles that would displace others in full feeds. A backfill must not add these. */
import type { TopicTag } from '../../../model/article.js';
import type { ChannelPath } from '../../../model/channel.js';
import type { SourceId } from '../../../model/source.js';
import type { Store } from '../../../ports/store/store.js';

interface PastArticle {
  readonly publishedAt: Date;
  readonly topics: readonly Pick<TopicTag, 'topicId'>[];
}

/** Returns whether an article is older than every entry of the full heads that would contain it. */
export type IsOldEnough = (article: PastArticle) => Promise<boolean>;

/** @param items number of entries in a full head */
export async function createAgeCheck(
  store: Pick<Store, 'channels' | 'head' | 'articleFacts'>,
  sourceId: SourceId,
  items: number,
): Promise<IsOldEnough> {
  const counts = new Map((await store.channels()).map(({ channel, members }) => [channel, members]));
  const known = new Map<ChannelPath, Promise<Date | null>>();
  const oldestShown = async (channel: ChannelPath) => {
    if ((counts.get(channel) ?? 0) < items) return null;
    const last = (await store.head(channel, items)).at(-1);
    const [facts] = last === undefined ? [] : await store.articleFacts([last]);
    return facts?.publishedAt ?? null;
  };
  return async ({ publishedAt, topics }) => {
    for (const channel of ['all', `sources/${sourceId}`, ...topics.map(({ topicId }) => `topics/${topicId}`)]) {
      if (!known.has(channel)) known.set(channel, oldestShown(channel));
      const oldest = await known.get(channel);
      if (oldest != null && publishedAt >= oldest) return false;
    }
    return true;
  };
}

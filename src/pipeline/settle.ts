/** After all sources of a run are in: ids for what is new, tags for what the editor changed, a place in channels for each. */
import type { ArticleRef } from '../model/article.js';
import type { ChannelPath } from '../model/channel.js';
import { orderKey } from '../model/order.js';
import type { SourceId } from '../model/source.js';
import { type MintContext, mint, wishedIds } from '../normalize/mint.js';
import type { Store } from '../ports.js';
import { retag, type Tagging } from './tagging.js';

/** Which channels a site has: what an article may be shown in. */
export interface ChannelPlan {
  readonly topics: ReadonlySet<string>;
  readonly sources: ReadonlySet<SourceId>;
  readonly perSource: boolean;
}

/** Articles read from the store at once: bounds memory, not the work. */
const BATCH = 500;

/** Gives ids to what came in since the last time, also by a run that ended before it could. Returns how many articles were merged into another. */
export async function mintNew(store: Store, context: MintContext): Promise<number> {
  const pending = await store.pending();
  if (pending.length === 0) return 0;
  const { minted, merged } = mint(pending, await store.takenIds(wishedIds(pending, context)), context);
  await store.mint(minted, merged);
  return merged.length;
}

/** Tags anew what other topics gave: an editor's change takes effect on all that is stored. Returns how many articles were read. */
export async function retagStale(store: Store, tagging: Tagging): Promise<number> {
  let count = 0;
  for (let after: ArticleRef = 0; ; ) {
    const stale = await store.staleTags(tagging.fingerprint, after, BATCH);
    const last = stale.at(-1);
    if (last === undefined) return count;
    await store.saveTags(
      stale.map((article) => ({ ref: article.ref, topics: retag(tagging, article) })),
      tagging.fingerprint,
    );
    count += stale.length;
    after = last.ref;
  }
}

/** Puts each article into the channels that it belongs to. `folded`: near-duplicates that another copy stands for. */
export async function placeUnplaced(store: Store, plan: ChannelPlan, folded: ReadonlySet<ArticleRef>): Promise<void> {
  for (;;) {
    const articles = await store.unplaced(BATCH);
    if (articles.length === 0) return;
    await store.place(
      articles.map((article) => ({
        ref: article.ref,
        order: orderKey(article),
        channels: channelsOf(article, plan, folded.has(article.ref)),
      })),
    );
  }
}

interface Shown {
  readonly sourceId: SourceId;
  readonly alsoIn: readonly SourceId[];
  readonly topics: readonly { readonly topicId: string }[];
  readonly withdrawnAt: Date | null;
}

export function channelsOf(article: Shown, plan: ChannelPlan, folded: boolean): ChannelPath[] {
  const sources = plan.perSource ? [article.sourceId, ...article.alsoIn].filter((id) => plan.sources.has(id)) : [];
  const own = sources.map((id) => `sources/${id}`);
  if (folded) return own;
  const topics = article.topics
    .filter(({ topicId }) => plan.topics.has(topicId))
    .map(({ topicId }) => `topics/${topicId}`);
  return ['all', ...topics, ...own];
}

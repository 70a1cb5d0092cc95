/** After all sources of a run are in: ids for what is new, tags for what the editor changed, a place in channels for each. */

import { fallbackIds, type MintContext, mint, preferredIdsOf } from '../../identity/mint.js';
import type { Article, ArticleRef } from '../../model/article.js';
import type { ChannelPath } from '../../model/channel.js';
import { orderKey } from '../../model/order.js';
import type { SourceId } from '../../model/source.js';
import type { Store } from '../../ports/store/store.js';
import { type Folding, foldings } from '../publish/multi-source-stories.js';
import { retag, type Tagging } from './tagging.js';

/** Which channels a site has: what an article may be shown in. */
export interface ChannelPlan {
  readonly topics: ReadonlySet<string>;
  readonly sources: ReadonlySet<SourceId>;
  readonly duplicates: 'fold' | 'keep';
}

/** Articles read from the store at once: bounds memory, not the work. */
const BATCH = 500;

/** Gives ids to what came in since the last time, also by a run that ended before it could. Returns the articles that got one. */
export async function mintNew(store: Store, context: MintContext): Promise<readonly ArticleRef[]> {
  const pending = await store.pending();
  if (pending.length === 0) return [];
  const wishes = preferredIdsOf(pending, context);
  const wished = await store.takenIds(wishes.map(({ id }) => id));
  const others = await store.takenIds(fallbackIds(wishes, wished, context));
  const { minted, merged } = mint(wishes, new Set([...wished, ...others]), context);
  await store.mint(minted, merged);
  return minted.map(({ ref }) => ref);
}

/** Tags anew what other topics gave: an editor's change takes effect on all that is stored. Returns how many articles were read. */
export async function retagStale(store: Store, tagging: Tagging): Promise<number> {
  let count = 0;
  for (let after: ArticleRef = 0; ; ) {
    const stale = await store.staleTags(tagging.fingerprint, after, BATCH);
    const last = stale.at(-1);
    if (last === undefined) return count;
    const tagger = await tagging.load();
    await store.saveTags(
      stale.map((article) => ({ ref: article.ref, topics: retag(tagger, article) })),
      tagging.fingerprint,
    );
    count += stale.length;
    after = last.ref;
  }
}

/** Under which rules the articles of the store were placed. */
interface PlacedBy {
  readonly sources: readonly SourceId[];
  /** Sources that are configured no more, and whose articles stand in no channel of theirs. */
  readonly left: readonly SourceId[];
  readonly duplicates: 'fold' | 'keep';
}
const PLACED_BY = 'placed-by';

/** Puts each article into the channels that it belongs to. `again`: those whose near-duplicates changed. */
export async function placeArticles(store: Store, plan: ChannelPlan, again: readonly ArticleRef[]): Promise<void> {
  const text = await store.meta(PLACED_BY);
  const before = text === null ? null : (JSON.parse(text) as PlacedBy);
  if (before !== null && mustPlaceAnew(before, plan)) await placeAnew(store, plan);
  for (let articles = await store.unplaced(BATCH); articles.length > 0; articles = await store.unplaced(BATCH)) {
    await place(store, plan, articles);
  }
  const turned = (await store.articles([...new Set(again)])).filter(({ withdrawnAt }) => withdrawnAt === null);
  if (turned.length > 0) await place(store, plan, turned);
  const now = JSON.stringify(placedBy(before, plan));
  if (now !== text) await store.saveMeta(PLACED_BY, now);
}

/** A new source has no articles yet, and other topics come as other tags; but a source that comes back has some. */
function mustPlaceAnew(before: PlacedBy, plan: ChannelPlan): boolean {
  return before.duplicates !== plan.duplicates || before.left.some((id) => plan.sources.has(id));
}

function placedBy(before: PlacedBy | null, plan: ChannelPlan): PlacedBy {
  const known = new Set([...(before?.left ?? []), ...(before?.sources ?? [])]);
  const left = [...known].filter((id) => !plan.sources.has(id)).sort();
  return { sources: [...plan.sources].sort(), left, duplicates: plan.duplicates };
}

/** After the editor changed what there is to be in: all that is stored, a batch at a time. */
async function placeAnew(store: Store, plan: ChannelPlan): Promise<void> {
  for (let articles = await store.articlesAfter(0, BATCH); articles.length > 0; ) {
    await place(store, plan, articles);
    articles = await store.articlesAfter(articles.at(-1)?.ref ?? 0, BATCH);
  }
}

async function place(store: Store, plan: ChannelPlan, articles: readonly Article[]): Promise<void> {
  const copies = plan.duplicates === 'fold' ? await foldings(store, articles) : new Map<ArticleRef, Folding>();
  await store.place(
    articles.map((article) => ({
      ref: article.ref,
      order: orderKey(article),
      channels: channelsOf(article, plan, copies.get(article.ref) ?? null),
    })),
  );
}

interface Shown {
  readonly sourceId: SourceId;
  readonly alsoIn: readonly SourceId[];
  readonly topics: readonly { readonly topicId: string }[];
}

/** A folded copy is shown by its own sources alone; the one that stands for it is shown in the topics of both. */
function channelsOf(article: Shown, plan: ChannelPlan, copies: Folding | null): ChannelPath[] {
  const sources = [article.sourceId, ...article.alsoIn]
    .filter((id) => plan.sources.has(id))
    .map((id) => `sources/${id}`);
  if (copies?.folded === true) return sources;
  const topics = copies?.topics ?? article.topics.map(({ topicId }) => topicId);
  return ['all', ...topics.filter((id) => plan.topics.has(id)).map((id) => `topics/${id}`), ...sources];
}

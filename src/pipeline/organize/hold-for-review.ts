/** Holds articles of reviewed sources (`review: hold`), and those that a rule may hold, until the editor approves them. */
import type { ArticleFacts, ArticleRef } from '../../model/article.js';
import type { Source, SourceId } from '../../model/source.js';
import type { Store } from '../../ports/store/store.js';

interface ReviewDeps {
  readonly store: Store;
  readonly sources: readonly Pick<Source, 'id' | 'review'>[];
  readonly now: Date;
}

/**
 * Call before new articles get ids, so that an interrupted run publishes none of them.
 * @param ruled sources with a `hold` rule: `applyRules` decides about their articles
 */
export async function holdForReview({ store, sources, now }: ReviewDeps, ruled: ReadonlySet<SourceId>): Promise<void> {
  const reviewed = listReviewedSources(sources);
  if (reviewed.length + ruled.size === 0) return;
  const pending = await store.pending();
  const open = pending.filter(({ sourceId }) => ruled.has(sourceId)).map(({ ref }) => ref);
  if (open.length > 0) await store.setHidden(open, { by: 'review', rule: '' }, now);
  await holdReviewed(pending, reviewed, { store, now });
}

/** Resolves with newly hidden articles. */
export async function holdReviewed(
  articles: readonly Pick<ArticleFacts, 'ref' | 'sourceId'>[],
  reviewed: readonly string[],
  { store, now }: Pick<ReviewDeps, 'store' | 'now'>,
): Promise<readonly ArticleRef[]> {
  const refs = articles.filter(({ sourceId }) => reviewed.includes(sourceId)).map(({ ref }) => ref);
  return refs.length === 0 ? [] : await store.setHidden(refs, { by: 'review' }, now);
}

export function listReviewedSources(sources: ReviewDeps['sources']): string[] {
  return sources.flatMap(({ id, review }) => (review === 'hold' ? id : [])).sort();
}

/** Articles that need only approval: not dropped by a rule, rejected or withdrawn. */
export async function findHeldArticles(store: Pick<Store, 'hiddenRefs' | 'articleFacts'>): Promise<ArticleFacts[]> {
  const held = await store.articleFacts(await store.hiddenRefs('review'));
  return held.filter(({ hidden, withdrawnAt }) => hidden?.by === 'review' && withdrawnAt === null);
}

export async function releaseUnreviewed(store: Store, reviewed: readonly string[]): Promise<readonly ArticleRef[]> {
  const held = await store.articleFacts(await store.hiddenRefs('review'));
  const isFree = ({ sourceId, hidden }: ArticleFacts) =>
    !reviewed.includes(sourceId) && !(hidden?.by === 'review' && hidden.rule !== undefined);
  const free = held.filter(isFree).map(({ ref }) => ref);
  return free.length === 0 ? [] : await store.unsetHidden(free, 'review');
}

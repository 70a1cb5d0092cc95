/** Articles of reviewed sources (`review: hold`) that wait for the editor. */
import type { ArticleFacts, ArticleRef } from '../../model/article.js';
import type { Source } from '../../model/source.js';
import type { Store } from '../../ports/store/store.js';

interface ReviewDeps {
  readonly store: Store;
  readonly sources: readonly Pick<Source, 'id' | 'review'>[];
  readonly now: Date;
}

/**
 * Before: new articles have no ids yet, so an interrupted run publishes none of them.
 * After: new articles of reviewed sources are hidden until the editor approves them.
 */
export async function holdForReview({ store, sources, now }: ReviewDeps): Promise<void> {
  const reviewed = sourcesOnHold(sources);
  if (reviewed.length > 0) await holdReviewed(await store.pending(), reviewed, { store, now });
}

/** Holds those of these articles whose source is reviewed. Resolves with those that readers no longer see. */
export async function holdReviewed(
  articles: readonly Pick<ArticleFacts, 'ref' | 'sourceId'>[],
  reviewed: readonly string[],
  { store, now }: Pick<ReviewDeps, 'store' | 'now'>,
): Promise<readonly ArticleRef[]> {
  const refs = articles.filter(({ sourceId }) => reviewed.includes(sourceId)).map(({ ref }) => ref);
  return refs.length === 0 ? [] : await store.setHidden(refs, { by: 'review' }, now);
}

export function sourcesOnHold(sources: ReviewDeps['sources']): string[] {
  return sources.flatMap(({ id, review }) => (review === 'hold' ? id : [])).sort();
}

/** Those that approval alone would show: neither dropped by a rule, rejected nor withdrawn. */
export async function waitingForReview(store: Pick<Store, 'hiddenRefs' | 'articleFacts'>): Promise<ArticleFacts[]> {
  const held = await store.articleFacts(await store.hiddenRefs('review'));
  return held.filter(({ hidden, withdrawnAt }) => hidden?.by === 'review' && withdrawnAt === null);
}

/** Shows the articles that were held for sources that are not reviewed any more. */
export async function releaseUnreviewed(store: Store, reviewed: readonly string[]): Promise<readonly ArticleRef[]> {
  const held = await store.articleFacts(await store.hiddenRefs('review'));
  const free = held.filter(({ sourceId }) => !reviewed.includes(sourceId)).map(({ ref }) => ref);
  return free.length === 0 ? [] : await store.unsetHidden(free, 'review');
}

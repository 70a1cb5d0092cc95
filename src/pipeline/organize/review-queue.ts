/** Articles of reviewed sources (`review: hold`) that wait for the editor. */
import type { ArticleFacts, ArticleRef } from '../../model/article.js';
import type { Source } from '../../model/source.js';
import type { Store } from '../../ports/store/store.js';

interface ReviewDeps {
  readonly store: Store;
  readonly sources: readonly Pick<Source, 'id' | 'review'>[];
  readonly now: Date;
}

/** New articles of reviewed sources wait; called before they get their ids, so that no end of the process lets one through. */
export async function holdForReview({ store, sources, now }: ReviewDeps): Promise<void> {
  const reviewed = sourcesOnHold(sources);
  if (reviewed.length > 0) await holdReviewed(await store.pending(), reviewed, { store, now });
}

/** Those of these articles whose source is reviewed wait. Resolves with those that readers no longer see. */
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

/** What waited for a review that nobody asks for any more is shown. */
export async function releaseUnreviewed(store: Store, reviewed: readonly string[]): Promise<readonly ArticleRef[]> {
  const held = await store.articleFacts(await store.hiddenRefs('review'));
  const free = held.filter(({ sourceId }) => !reviewed.includes(sourceId)).map(({ ref }) => ref);
  return free.length === 0 ? [] : await store.unsetHidden(free, 'review');
}

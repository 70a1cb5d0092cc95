/** Which sources currently carry an article, by their last documents. */
import type { ArticleRef } from '../../model/article.js';
import type { FetchState, SourceId } from '../../model/source.js';

export interface CarriedArticles {
  /** Whether a source other than `sourceId` carries it. */
  isCarriedElsewhere(sourceId: SourceId, ref: ArticleRef): boolean;
  /** Updates the index with a source's document of this run. */
  update(state: FetchState): void;
}

/** The index over all last documents is built on first use. */
export function createCarriedArticles(states: ReadonlyMap<SourceId, FetchState>): CarriedArticles {
  let index: Map<ArticleRef, Set<SourceId>> | null = null;
  const add = (into: Map<ArticleRef, Set<SourceId>>, state: FetchState) => {
    for (const { ref, missing } of state.lastRead) {
      if (missing === 0) into.set(ref, (into.get(ref) ?? new Set()).add(state.sourceId));
    }
    return into;
  };
  return {
    isCarriedElsewhere: (sourceId, ref) => {
      index ??= [...states.values()].reduce(add, new Map());
      return [...(index.get(ref) ?? [])].some((id) => id !== sourceId);
    },
    update: (state) => {
      if (index !== null) add(index, state);
    },
  };
}

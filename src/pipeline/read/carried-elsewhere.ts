/** Tracks which sources currently carry an article, based on their last documents. */
import type { SiteOwnership } from '../../identity/site-ownership.js';
import type { ArticleRef } from '../../model/article.js';
import type { FetchState, Source, SourceId } from '../../model/source.js';
import { parseSourceId, toFeedKey } from '../../model/source-feeds.js';
import type { Store } from '../../ports/store/store.js';

export interface CarriedArticles {
  findCarriers(feedId: string, ref: ArticleRef): readonly SourceId[];
  update(state: FetchState): void;
}

/** Builds the index on first use. */
export function createCarriedArticles(states: ReadonlyMap<SourceId, FetchState>): CarriedArticles {
  let index: Map<ArticleRef, Set<string>> | null = null;
  const add = (into: Map<ArticleRef, Set<string>>, state: FetchState) => {
    for (const { ref, missing } of state.lastRead) {
      if (missing === 0) into.set(ref, (into.get(ref) ?? new Set()).add(state.sourceId));
    }
    return into;
  };
  return {
    findCarriers: (feedId, ref) => {
      index ??= [...states.values()].reduce(add, new Map());
      return [...(index.get(ref) ?? [])].filter((id) => id !== feedId).map(parseSourceId);
    },
    update: (state) => {
      if (index !== null) add(index, state);
    },
  };
}

export interface CarriedElsewhereDeps {
  readonly store: Pick<Store, 'articles'>;
  readonly carriersOf: CarriedArticles['findCarriers'];
  readonly ownership: SiteOwnership;
}

/** Ignores sources on another site than the article: a link must not prevent its publisher from withdrawing it. */
export async function findCarriedElsewhere(
  refs: readonly ArticleRef[],
  source: Pick<Source, 'id' | 'feedId'>,
  { store, carriersOf, ownership }: CarriedElsewhereDeps,
): Promise<ReadonlySet<ArticleRef>> {
  const carried = refs.filter((ref) => carriersOf(toFeedKey(source), ref).length > 0);
  if (carried.length === 0) return new Set();
  const urls = new Map((await store.articles(carried)).map(({ ref, url }) => [ref, url]));
  const isCounted = (ref: ArticleRef) => {
    const url = urls.get(ref);
    if (url == null) return true;
    return carriersOf(toFeedKey(source), ref).some(
      (id) => id === source.id || !ownership.isForeign(id, url) || ownership.areRivals(id, source.id, url),
    );
  };
  return new Set(carried.filter(isCounted));
}

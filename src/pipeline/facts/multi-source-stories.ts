/** Reads stories as an edition shows them: lead article and folded near-duplicates. */
import { type LeadRules, selectLead } from '../../cluster/lead.js';
import type { ArticleFacts, ArticleRef } from '../../model/article.js';
import { isShown, listShownTopics } from '../../model/desk.js';
import type { SourceId } from '../../model/source.js';
import type { Story, StoryRecord } from '../../model/story.js';
import type { Store } from '../../ports/store/store.js';
import type { StoryStore } from '../../ports/store/stories.js';

/** The newest stories from at least two sources, latest start first. Corrections do not count as members. */
export async function readNewestStories(store: StoryStore, leads: LeadRules, limit: number): Promise<readonly Story[]> {
  return (await store.multiSourceStories(limit)).map((record) => toMultiSourceStory(record, leads));
}

export function toMultiSourceStory({ id, members }: StoryRecord, leads: LeadRules): Story {
  const reports = members.filter(({ role }) => role === 'member').map(({ article }) => article);
  return { id, lead: selectLead(members, leads).article, members: reports };
}

export interface Folding {
  readonly folded: boolean;
  /** Topics of all copies, its own first: the canonical copy appears in all of them. */
  readonly topics: readonly string[];
  readonly sources: readonly SourceId[];
}

/** Only articles with near-duplicates in other sources. Withdrawn copies do not count; pruned ones do, in archives. */
export async function findFoldings(
  store: Store,
  articles: readonly ArticleFacts[],
): Promise<ReadonlyMap<ArticleRef, Folding>> {
  const groups = await store.findCopyGroups(articles.map(({ ref }) => ref));
  const known = new Map(articles.map((article) => [article.ref, article]));
  const copies = new Set([...groups.values()].flatMap(({ canonical, folded }) => [canonical, ...folded]));
  const others = await store.articleFacts(
    [...copies].filter((ref) => !known.has(ref)),
    'all',
  );
  for (const article of others) known.set(article.ref, article);
  return new Map(
    [...groups].map(([ref, { canonical, folded }]) => {
      const copies = [canonical, ...folded].flatMap((copy) => known.get(copy) ?? []).filter(isShown);
      const shown = copies.find((copy) => copy.ref === canonical) ?? [...copies].sort(earlierFirst)[0];
      const all = [known.get(ref), ...copies].filter((copy) => copy !== undefined);
      return [
        ref,
        {
          folded: shown !== undefined && shown.ref !== ref,
          topics: [...new Set(all.flatMap(listShownTopics))],
          sources: [...new Set(all.flatMap(listCarriers))],
        },
      ];
    }),
  );
}

export function listCarriers({ sourceId, alsoIn }: Pick<ArticleFacts, 'sourceId' | 'alsoIn'>): readonly SourceId[] {
  return [sourceId, ...alsoIn];
}

function earlierFirst(a: ArticleFacts, b: ArticleFacts): number {
  const order = a.publishedAt.getTime() - b.publishedAt.getTime();
  if (order !== 0) return order;
  return `${a.sourceId} ${a.id}` < `${b.sourceId} ${b.id}` ? -1 : 1;
}

export async function withCopies(store: Store, refs: readonly ArticleRef[]): Promise<readonly ArticleRef[]> {
  if (refs.length === 0) return refs;
  const groups = await store.findCopyGroups(refs);
  return [...new Set([...refs, ...[...groups.values()].flatMap(({ canonical, folded }) => [canonical, ...folded])])];
}

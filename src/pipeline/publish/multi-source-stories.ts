/** Stories as an edition shows them: which lead, and which near-duplicates fold behind another. */
import { leadOf } from '../../cluster/lead.js';
import type { ArticleFacts, ArticleRef } from '../../model/article.js';
import type { SourceId } from '../../model/source.js';
import type { Story, StoryRecord } from '../../model/story.js';
import type { Store } from '../../ports/store/store.js';
import type { StoryStore } from '../../ports/store/stories.js';

/** The newest stories of two or more sources, that which began last first. Corrections are no members. */
export async function newestMultiSourceStories(
  store: StoryStore,
  prefer: readonly SourceId[],
  limit: number,
): Promise<readonly Story[]> {
  return (await store.multiSourceStories(limit)).map((record) => multiSourceStory(record, prefer));
}

export function multiSourceStory({ id, members }: StoryRecord, prefer: readonly SourceId[]): Story {
  const reports = members.filter(({ role }) => role === 'member').map(({ article }) => article);
  return { id, lead: leadOf(members, prefer).article, members: reports };
}

/** What becomes of an article among its near-duplicates where these are folded. */
export interface Folding {
  /** True where another copy is shown for it. */
  readonly folded: boolean;
  /** Topics of all its copies, its own first: what the copy that is shown is shown in. */
  readonly topics: readonly string[];
}

/** Only those of the articles that have near-duplicates in other sources. Withdrawn ones do not count. */
export async function foldings(
  store: Store,
  articles: readonly ArticleFacts[],
): Promise<ReadonlyMap<ArticleRef, Folding>> {
  const groups = await store.copiesOf(articles.map(({ ref }) => ref));
  const others = await store.articles([
    ...new Set([...groups.values()].flatMap(({ canonical, folded }) => [canonical, ...folded])),
  ]);
  const known = new Map<ArticleRef, ArticleFacts>([...others, ...articles].map((article) => [article.ref, article]));
  return new Map(
    [...groups].map(([ref, { canonical, folded }]) => {
      const copies = [canonical, ...folded]
        .flatMap((copy) => known.get(copy) ?? [])
        .filter((copy) => copy.withdrawnAt === null);
      const shown = copies.find((copy) => copy.ref === canonical) ?? [...copies].sort(earlierFirst)[0];
      const all = [known.get(ref), ...copies].flatMap((copy) => copy?.topics.map(({ topicId }) => topicId) ?? []);
      return [ref, { folded: shown !== undefined && shown.ref !== ref, topics: [...new Set(all)] }];
    }),
  );
}

function earlierFirst(a: ArticleFacts, b: ArticleFacts): number {
  const order = a.publishedAt.getTime() - b.publishedAt.getTime();
  if (order !== 0) return order;
  return `${a.sourceId} ${a.id}` < `${b.sourceId} ${b.id}` ? -1 : 1;
}

/** These articles and all their near-duplicates. */
export async function withCopies(store: Store, refs: readonly ArticleRef[]): Promise<readonly ArticleRef[]> {
  if (refs.length === 0) return refs;
  const groups = await store.copiesOf(refs);
  return [...new Set([...refs, ...[...groups.values()].flatMap(({ canonical, folded }) => [canonical, ...folded])])];
}

/** Makes the vectors of stored stories' members that have none: an older newsloom kept only their sum. */
import { SiteTerms, scopesOf } from '../../cluster/terms/site-terms.js';
import type { StoryMember, StoryRecord } from '../../model/story.js';
import type { Store } from '../../ports/store/store.js';
import { articlesToCluster } from './articles-to-cluster.js';

/** The stories with a vector for each member that has one; those of articles that were pruned stay without. */
export async function withVectors(
  store: Pick<Store, 'articles' | 'storyTerms'>,
  stories: readonly StoryRecord[],
): Promise<readonly StoryRecord[]> {
  const missing = new Set(stories.flatMap(({ members }) => members.filter(lacksVector).map(({ article }) => article)));
  if (missing.size === 0) return stories;
  const articles = await articlesToCluster(missing, store);
  const weigh = SiteTerms.from(await store.storyTerms(scopesOf(articles))).weigher();
  const vectors = new Map(articles.map((article) => [article.ref, weigh(article)]));
  return stories.map((story) => {
    const members = story.members.map((member) => ({
      ...member,
      vector: lacksVector(member) ? (vectors.get(member.article) ?? null) : member.vector,
    }));
    return { ...story, members };
  });
}

function lacksVector({ role, vector }: StoryMember): boolean {
  return role === 'member' && vector === null;
}

/** Reads the articles and stories that clustering needs. */
import type { UnassignedArticle } from '../../cluster/cluster.js';
import { listScopes, SiteTerms } from '../../cluster/terms/site-terms.js';
import { readArticle } from '../../cluster/text/reading.js';
import type { Article, ArticleRef } from '../../model/article.js';
import type { StoryMember, StoryRecord } from '../../model/story.js';
import type { Store } from '../../ports/store/store.js';
import { splitIntoBatches } from '../facts/every-article.js';

const BATCH = 100;

/** In storage order and in batches, because texts take more memory than their features. */
export async function readArticlesToCluster(
  part: ReadonlySet<ArticleRef>,
  store: Pick<Store, 'articles'>,
): Promise<UnassignedArticle[]> {
  const refs = [...part].sort((a, b) => a - b);
  const found: UnassignedArticle[] = [];
  for (const batch of splitIntoBatches(refs, BATCH)) found.push(...(await store.articles(batch)).map(toUnassigned));
  return found;
}

type ClusteredArticle = Pick<Article, 'ref' | 'id' | 'sourceId' | 'publishedAt' | 'firstSeenAt' | 'attribution'> &
  Pick<Article, 'title' | 'summary' | 'contentHtml' | 'url' | 'language'>;

export function toUnassigned(article: ClusteredArticle): UnassignedArticle {
  const { ref, id, sourceId, publishedAt, firstSeenAt, attribution } = article;
  const reading = readArticle({ ...article, publication: [attribution.publication.title, sourceId] });
  const text = { title: article.title, summary: article.summary };
  return { ref, id, sourceId, publishedAt: publishedAt.getTime(), firstSeenAt: firstSeenAt.getTime(), reading, text };
}

/** Computes missing vectors of members, such as corrections that the editor joined. Pruned articles have none. */
export async function withVectors(
  store: Pick<Store, 'articles' | 'storyTerms'>,
  stories: readonly StoryRecord[],
): Promise<readonly StoryRecord[]> {
  const missing = new Set(stories.flatMap(({ members }) => members.filter(lacksVector).map(({ article }) => article)));
  if (missing.size === 0) return stories;
  const articles = await readArticlesToCluster(missing, store);
  const weigh = SiteTerms.from(await store.storyTerms(listScopes(articles))).createWeigher();
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

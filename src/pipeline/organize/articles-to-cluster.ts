/** Reads articles as clustering needs them. */
import type { Unassigned } from '../../cluster/cluster.js';
import { readArticle } from '../../cluster/text/reading.js';
import type { Article, ArticleRef } from '../../model/article.js';
import type { Store } from '../../ports/store/store.js';

const BATCH = 100;

/** In storage order and in batches, since texts take more memory than what is read from them. */
export async function articlesToCluster(
  part: ReadonlySet<ArticleRef>,
  store: Pick<Store, 'articles'>,
): Promise<Unassigned[]> {
  const refs = [...part].sort((a, b) => a - b);
  const found: Unassigned[] = [];
  for (let from = 0; from < refs.length; from += BATCH) {
    found.push(...(await store.articles(refs.slice(from, from + BATCH))).map(toUnassigned));
  }
  return found;
}

/** The fields of an article that clustering needs. */
type ClusteredArticle = Pick<
  Article,
  | 'ref'
  | 'id'
  | 'sourceId'
  | 'publishedAt'
  | 'firstSeenAt'
  | 'attribution'
  | 'title'
  | 'summary'
  | 'contentHtml'
  | 'url'
  | 'language'
>;

export function toUnassigned(article: ClusteredArticle): Unassigned {
  const { ref, id, sourceId, publishedAt, firstSeenAt, attribution, title, summary, contentHtml, url, language } =
    article;
  const publication = [attribution.publication.title, sourceId];
  const reading = readArticle({ title, summary, contentHtml, url, language, publication });
  return { ref, id, sourceId, publishedAt: publishedAt.getTime(), firstSeenAt: firstSeenAt.getTime(), reading };
}

/** An article read for its story. */
import type { NewTeller } from '../cluster/cluster.js';
import { readArticle } from '../cluster/reading.js';
import type { Telling } from '../ports.js';

/** What clustering must know of an article, whose id may still be missing. */
export type Told = Omit<NewTeller, 'id' | 'vector'>;

export function readTelling(article: Telling): Told {
  const { ref, sourceId, publishedAt, firstSeenAt, attribution, title, summary, contentHtml, language } = article;
  const publication = [attribution.publication.title, sourceId];
  // By name: spreading an article takes a third of the time of reading it.
  const reading = readArticle({ title, summary, contentHtml, language, publication });
  return { ref, sourceId, publishedAt: publishedAt.getTime(), firstSeenAt: firstSeenAt.getTime(), reading };
}

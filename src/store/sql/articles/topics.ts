/** Stores topics of articles, with the fingerprint of the topic config that they result from. */
import type { ArticleRef, TopicTag } from '../../../model/article.js';
import type { Store } from '../../../ports/store/store.js';
import type { Connection } from '../../sqlite/connection.js';
import type { Sync } from '../../to-async.js';
import { markArticle } from '../channels/dirty.js';
import { sameTopics } from './article-text.js';
import { mintedArticles, selectRefs, storedArticles } from './read-articles.js';

/** The number of a fingerprint, created where it is new. Call in a transaction. */
export function fingerprintNumber(db: Connection, fingerprint: string): number {
  const known = db.get<{ n: number }>('SELECT n FROM fingerprint WHERE value = ?', fingerprint);
  return (known ?? db.get<{ n: number }>('INSERT INTO fingerprint (value) VALUES (?) RETURNING n', fingerprint)!).n;
}

export function topicMethods(db: Connection): Sync<Pick<Store, 'staleTags' | 'saveTags'>> {
  return {
    staleTags: (fingerprint, after, limit) => {
      // One indexed query per other fingerprint: where all tags are current, no article is read.
      const stale = `SELECT ref FROM article_text JOIN article USING (ref)
        WHERE tagged_by = ? AND article_text.ref > ? AND id IS NOT NULL ORDER BY article_text.ref LIMIT ?`;
      const others = db.all<{ n: number }>('SELECT n FROM fingerprint WHERE value <> ?', fingerprint);
      const refs = others.flatMap(({ n }) => selectRefs(db, stale, n, after, limit));
      return mintedArticles(db, refs.sort((a, b) => a - b).slice(0, limit));
    },
    saveTags: (tagged, fingerprint) =>
      db.write(() => {
        const by = fingerprintNumber(db, fingerprint);
        for (const { ref, topics } of tagged) saveTopics(db, ref, topics, by);
      }),
  };
}

function saveTopics(db: Connection, ref: ArticleRef, topics: readonly TopicTag[], by: number): void {
  const [before] = storedArticles(db, [ref]);
  if (before === undefined) return;
  db.run('UPDATE article_text SET topics = ?, tagged_by = ? WHERE ref = ?', JSON.stringify(topics), by, ref);
  if (sameTopics(before.topics, topics)) return;
  db.run('UPDATE article SET unplaced = 1 WHERE ref = ?', ref);
  markArticle(db, ref, 'revision');
}

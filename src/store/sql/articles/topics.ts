/** Stores topics of articles, with the fingerprint of the topic config that assigned them. */
import type { ArticleRef } from '../../../model/article.js';
import type { Store } from '../../../ports/store/store.js';
import type { Database } from '../database.js';
import { markArticles } from '../dirty.js';
import { hasSameTopics } from './article-text.js';
import { readColumn } from './change-text.js';
import { readMintedArticles } from './read-articles.js';

/** Number of a fingerprint; creates a new one. Call in a transaction. */
export async function ensureFingerprintNumber(db: Database, fingerprint: string): Promise<number> {
  const known = await db.get<{ n: number }>('SELECT n FROM fingerprint WHERE value = ?', fingerprint);
  if (known !== undefined) return known.n;
  const insert = 'INSERT INTO fingerprint (value) VALUES (?) RETURNING n';
  return (await db.get<{ n: number }>(insert, fingerprint))!.n;
}

export function topicMethods(db: Database) {
  return {
    staleTags: async (fingerprint, after, limit) => {
      // One indexed query per other fingerprint: reads no articles if all tags are current.
      const stale = `SELECT ref FROM article_text JOIN article USING (ref)
        WHERE tagged_by = ? AND article_text.ref > ? AND id IS NOT NULL ORDER BY article_text.ref LIMIT ?`;
      const others = await db.all<{ n: number }>('SELECT n FROM fingerprint WHERE value <> ?', fingerprint);
      const sets = others.map(({ n }) => [n, after, limit]);
      const refs = (await db.allBatched<{ ref: ArticleRef }>(stale, sets)).flat().map(({ ref }) => ref);
      return readMintedArticles(db, refs.sort((a, b) => a - b).slice(0, limit));
    },
    saveTags: (tagged, fingerprint) =>
      db.write(async () => {
        const by = await ensureFingerprintNumber(db, fingerprint);
        const refs = tagged.map(({ ref }) => ref);
        const before = await readColumn(db, 'topics', refs);
        const changed: ArticleRef[] = [];
        for (const { ref, topics } of tagged) {
          const known = before.get(ref);
          if (known == null) continue;
          db.run('UPDATE article_text SET topics = ?, tagged_by = ? WHERE ref = ?', JSON.stringify(topics), by, ref);
          if (hasSameTopics(JSON.parse(known), topics)) continue;
          db.run('UPDATE article SET unplaced = 1 WHERE ref = ?', ref);
          changed.push(ref);
        }
        await markArticles(db, changed, 'revision');
      }),
  } satisfies Partial<Store>;
}

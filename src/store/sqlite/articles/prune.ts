/** Prunes old articles: removes their text, and keeps keys, ids and places. */
import type { Store } from '../../../ports/store/store.js';
import type { Sync } from '../../to-async.js';
import { headRefs } from '../channels/head.js';
import { requireIntact } from '../check.js';
import type { Connection } from '../connection.js';
import { addToCounter } from '../counters.js';
import { pruneOutbox } from '../outbox.js';
import { prunedText, prunedTopics } from './article-text.js';
import { pruneMachineMade } from './enrichment.js';
import { mintedArticles, selectRefs } from './read-articles.js';

/** Number of articles per head that are kept where none is given. */
const HEAD_ITEMS = 50;

export function pruneMethod(db: Connection, path: string): Sync<Pick<Store, 'prune'>>['prune'] {
  return (before, items = HEAD_ITEMS) => {
    // Nothing is deleted from a damaged file.
    requireIntact(db, path);
    return db.write(() => {
      const channels = db.all<{ path: string }>('SELECT path FROM channel');
      const spared = new Set(channels.flatMap(({ path }) => headRefs(db, path, items)));
      const old = 'SELECT ref FROM article WHERE first_seen < ? AND id IS NOT NULL AND pruned = 0 ORDER BY ref';
      const refs = selectRefs(db, old, before.getTime()).filter((ref) => !spared.has(ref));
      for (const ref of refs) pruneArticle(db, ref);
      addToCounter(db, 'articles', -refs.length);
      pruneOutbox(db, before);
      return refs.length;
    });
  };
}

function pruneArticle(db: Connection, ref: number): void {
  const article = mintedArticles(db, [ref])[0]!;
  const shorten = 'UPDATE article_text SET text = ?, topics = ?, tagged_by = NULL WHERE ref = ?';
  db.run(shorten, JSON.stringify(prunedText(article)), JSON.stringify(prunedTopics(article.topics)), ref);
  pruneMachineMade(db, article);
  db.run('UPDATE article SET pruned = 1 WHERE ref = ?', ref);
}

/** Prunes old articles: deletes their text but keeps keys, ids and places. */
import type { ArticleRef } from '../../../model/article.js';
import type { Store } from '../../../ports/store/store.js';
import { chunks } from '../bulk.js';
import { addToCounter } from '../counters.js';
import type { Database } from '../database.js';
import { readHeadRefs } from '../head.js';
import { pruneOutbox } from '../outbox.js';
import { pruneText, pruneTopics } from './article-text.js';
import { pruneMachineMade } from './enrichment.js';
import { readMintedArticles, selectRefs } from './read-articles.js';

const HEAD_ITEMS = 50;

export function pruneMethods(db: Database) {
  return {
    prune: async (before, items = HEAD_ITEMS) => {
      // A damaged store must not lose more data.
      await db.requireIntact();
      return db.write(async () => {
        const spared = await readArticlesInHeads(db, items);
        const old = 'SELECT ref FROM article WHERE first_seen < ? AND id IS NOT NULL AND pruned = 0 ORDER BY ref';
        const refs = (await selectRefs(db, old, before.getTime())).filter((ref) => !spared.has(ref));
        for (const some of chunks(db, refs)) await pruneArticles(db, some);
        addToCounter(db, 'articles', -refs.length);
        await pruneOutbox(db, before);
        return refs.length;
      });
    },
  } satisfies Partial<Store>;
}

async function readArticlesInHeads(db: Database, items: number): Promise<Set<ArticleRef>> {
  const shown = new Set<ArticleRef>();
  for (const { path } of await db.all<{ path: string }>('SELECT path FROM channel'))
    for (const ref of await readHeadRefs(db, path, items)) shown.add(ref);
  return shown;
}

async function pruneArticles(db: Database, refs: readonly ArticleRef[]): Promise<void> {
  for (const article of await readMintedArticles(db, refs)) {
    const shorten = 'UPDATE article_text SET text = ?, topics = ?, tagged_by = NULL, full_text = NULL WHERE ref = ?';
    const topics = JSON.stringify(pruneTopics(article.topics));
    db.run(shorten, JSON.stringify(pruneText(article)), topics, article.ref);
    pruneMachineMade(db, article);
    db.run('UPDATE article SET pruned = 1 WHERE ref = ?', article.ref);
    db.run('DELETE FROM page_facts WHERE ref = ?', article.ref);
  }
  await db.drain();
}

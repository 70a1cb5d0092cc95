/** Stores the changes that editors and rules make to articles. */
import type { ArticleRef } from '../../../model/article.js';
import { listShownTopics } from '../../../model/desk.js';
import type { Store } from '../../../ports/store/store.js';
import type { Database } from '../database.js';
import { markArticles } from '../dirty.js';
import { readStoredArticles } from './read-articles.js';

export function editsMethods(db: Database) {
  return {
    saveEdits: (edited) =>
      db.write(async () => {
        const changed: ArticleRef[] = [];
        for (const { ref, edits } of edited) {
          const [article] = await readStoredArticles(db, [ref]);
          const json = edits === null ? null : JSON.stringify(edits);
          if (article === undefined || json === (article.edits && JSON.stringify(article.edits))) continue;
          db.run('UPDATE article_text SET edits = ? WHERE ref = ?', json, ref);
          const retagged = listShownTopics(article).join() !== listShownTopics({ ...article, edits }).join();
          if (retagged && article.id !== null) db.run('UPDATE article SET unplaced = 1 WHERE ref = ?', ref);
          changed.push(ref);
        }
        // The editor's changes also apply to full archive documents.
        await markArticles(db, changed, 'takedown');
        return changed.length;
      }),
    saveHeadlines: (headlines) =>
      db.write(async () => {
        for (const { ref, title } of headlines)
          db.run('UPDATE article_text SET retitled = ? WHERE ref = ?', title, ref);
        const refs = headlines.map(({ ref }) => ref);
        await markArticles(db, refs, 'takedown');
      }),
  } satisfies Partial<Store>;
}

/** Stores what the editor wrote over articles. */
import type { ArticleRef } from '../../../model/article.js';
import { type ArticleEdits, shownTopics } from '../../../model/editing/desk.js';
import type { Store } from '../../../ports/store/store.js';
import type { Connection } from '../../sqlite/connection.js';
import type { Sync } from '../../to-async.js';
import { markArticle } from '../channels/dirty.js';
import { storedArticles } from './read-articles.js';

export function editsMethod(db: Connection): Sync<Pick<Store, 'saveEdits'>>['saveEdits'] {
  return (edited) => db.write(() => edited.filter(({ ref, edits }) => saveEdits(db, ref, edits)).length);
}

/** Full archive documents change too, as with what the editor wrote. */
export function headlinesMethod(db: Connection): Sync<Pick<Store, 'saveHeadlines'>>['saveHeadlines'] {
  const save = 'UPDATE article_text SET retitled = ? WHERE ref = ?';
  return (headlines) =>
    db.write(() => {
      for (const { ref, title } of headlines) {
        db.run(save, title, ref);
        markArticle(db, ref, 'takedown');
      }
    });
}

/** Returns whether something changed. Full archive documents change too: it is the editor who wants it. */
function saveEdits(db: Connection, ref: ArticleRef, edits: ArticleEdits | null): boolean {
  const [article] = storedArticles(db, [ref]);
  const json = edits === null ? null : JSON.stringify(edits);
  if (article === undefined || json === (article.edits && JSON.stringify(article.edits))) return false;
  db.run('UPDATE article_text SET edits = ? WHERE ref = ?', json, ref);
  const retagged = shownTopics(article).join() !== shownTopics({ ...article, edits }).join();
  if (retagged && article.id !== null) db.run('UPDATE article SET unplaced = 1 WHERE ref = ?', ref);
  markArticle(db, ref, 'takedown');
  return true;
}

/** Stores full texts from article pages, and when to fetch these pages. */
import { type ArticleRef, type FullText, isPaid } from '../../../model/article.js';
import type { FullTextStore } from '../../../ports/store/full-texts.js';
import type { Database } from '../database.js';
import { markArticles } from '../dirty.js';
import { readColumn } from './change-text.js';
import { selectRefs } from './read-articles.js';
import { ensureFingerprintNumber } from './topics.js';

export function fullTextMethods(db: Database): FullTextStore {
  return {
    dueFullTexts: (now, limit) => {
      const due = `SELECT ref FROM article WHERE full_text_due <= ? AND id IS NOT NULL AND hidden = 0 AND withdrawn IS NULL AND pruned = 0
        ORDER BY published DESC, ref DESC LIMIT ?`;
      return selectRefs(db, due, now.getTime(), limit);
    },
    saveFullTexts: (found, fingerprint) =>
      db.write(async () => {
        const by = await ensureFingerprintNumber(db, fingerprint);
        const refs = found.map(({ ref }) => ref);
        const before = await readColumn(db, 'full_text', refs);
        const changed: ArticleRef[] = [];
        for (const { ref, fullText, due, topics } of found) {
          const known = before.get(ref);
          if (known === undefined) continue;
          db.run('UPDATE article SET full_text_due = ? WHERE ref = ?', due?.getTime() ?? null, ref);
          db.run('UPDATE article_text SET full_text = ? WHERE ref = ?', fullText && JSON.stringify(fullText), ref);
          if (topics !== null) {
            const tag = 'UPDATE article_text SET topics = ?, tagged_by = ? WHERE ref = ?';
            db.run(tag, JSON.stringify(topics), by, ref);
          }
          const earlier: FullText | null = known && JSON.parse(known);
          if ((earlier?.html ?? null) === (fullText?.html ?? null) && isPaid(earlier) === isPaid(fullText)) continue;
          db.run('UPDATE article SET unplaced = 1, pictures_due = 1 WHERE ref = ?', ref);
          changed.push(ref);
        }
        await markArticles(db, changed, 'revision');
        return changed;
      }),
    dropDueFullTexts: (before) =>
      db.write(async () => {
        db.run('UPDATE article SET full_text_due = NULL WHERE full_text_due < ?', before.getTime());
      }),
  };
}

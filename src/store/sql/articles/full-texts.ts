/** Stores the texts of articles' own pages, and which pages are to be asked for. */
import type { ArticleRef, FullText } from '../../../model/article.js';
import type { FoundFullText, FullTextStore } from '../../../ports/store/full-texts.js';
import { markArticles } from '../channels/dirty.js';
import type { Database } from '../database.js';
import { selectRefs } from './read-articles.js';
import { fingerprintNumber } from './topics.js';

export function fullTextMethods(db: Database): FullTextStore {
  return {
    fullTextsDue: (now, limit) => {
      const due = `SELECT ref FROM article WHERE full_text_due <= ? AND id IS NOT NULL AND hidden = 0 AND withdrawn IS NULL AND pruned = 0
        ORDER BY published DESC, ref DESC LIMIT ?`;
      return selectRefs(db, due, now.getTime(), limit);
    },
    saveFullTexts: (found, fingerprint) => db.write(() => saveFullTexts(db, found, fingerprint)),
    dropFullTextsDue: async (before) => {
      const old = await db.get('SELECT 1 FROM article WHERE full_text_due < ? LIMIT 1', before.getTime());
      // Nothing is written where there is none.
      if (old === undefined) return;
      const drop = 'UPDATE article SET full_text_due = NULL WHERE full_text_due < ?';
      await db.write(async () => db.run(drop, before.getTime()));
    },
  };
}

async function saveFullTexts(
  db: Database,
  found: readonly FoundFullText[],
  fingerprint: string,
): Promise<readonly ArticleRef[]> {
  const by = await fingerprintNumber(db, fingerprint);
  const rows = await db.allIn<{ ref: ArticleRef; before: string | null }>(
    'SELECT ref, full_text AS before FROM article_text WHERE ref IN',
    found.map(({ ref }) => ref),
  );
  const before = new Map(rows.map((row) => [row.ref, fullTextOf(row.before)?.html ?? null]));
  const changed: ArticleRef[] = [];
  for (const { ref, fullText, due, topics } of found) {
    if (!before.has(ref)) continue;
    db.run('UPDATE article SET full_text_due = ? WHERE ref = ?', due?.getTime() ?? null, ref);
    db.run('UPDATE article_text SET full_text = ? WHERE ref = ?', fullText && JSON.stringify(fullText), ref);
    if (topics !== null) {
      const tag = 'UPDATE article_text SET topics = ?, tagged_by = ? WHERE ref = ?';
      db.run(tag, JSON.stringify(topics), by, ref);
    }
    if (before.get(ref) === (fullText?.html ?? null)) continue;
    db.run('UPDATE article SET unplaced = 1, pictures_due = 1 WHERE ref = ?', ref);
    changed.push(ref);
  }
  await markArticles(db, changed, 'revision');
  return changed;
}

function fullTextOf(json: string | null): FullText | null {
  return json === null ? null : JSON.parse(json);
}

/** Reads and changes single columns of the stored texts of articles. */
import type { ArticleRef, ArticleText } from '../../../model/article.js';
import type { Database } from '../database.js';
import { markArticles } from '../dirty.js';

/** Changes some fields of the JSON in the column `text`. Call in a transaction. */
export async function changeText(db: Database, ref: ArticleRef, fields: Partial<ArticleText>): Promise<void> {
  const row = await db.get<{ text: string }>('SELECT text FROM article_text WHERE ref = ?', ref);
  if (row === undefined) return;
  const text: ArticleText = { ...JSON.parse(row.text), ...fields };
  db.run('UPDATE article_text SET text = ? WHERE ref = ?', JSON.stringify(text), ref);
}

type Column = 'topics' | 'machine' | 'known_images' | 'full_text';

/** Omits unknown articles. */
export async function readColumn(
  db: Database,
  column: Column,
  refs: readonly ArticleRef[],
): Promise<ReadonlyMap<ArticleRef, string | null>> {
  const select = `SELECT ref, ${column} AS value FROM article_text WHERE ref IN`;
  const rows = await db.allMatching<{ ref: ArticleRef; value: string | null }>(select, refs);
  return new Map(rows.map(({ ref, value }) => [ref, value]));
}

/** Saves a list per article, and marks its documents if it changed, except full archive documents. Call in a transaction. */
export async function saveLists(
  db: Database,
  column: Column,
  lists: readonly (readonly [ref: ArticleRef, list: readonly unknown[]])[],
): Promise<void> {
  const refs = lists.map(([ref]) => ref);
  const before = await readColumn(db, column, refs);
  const changed: ArticleRef[] = [];
  for (const [ref, list] of lists) {
    const json = list.length === 0 ? null : JSON.stringify(list);
    if (!before.has(ref) || before.get(ref) === json) continue;
    db.run(`UPDATE article_text SET ${column} = ? WHERE ref = ?`, json, ref);
    changed.push(ref);
  }
  await markArticles(db, changed, 'revision');
}

/** Changes some fields of the stored text of an article. */
import type { ArticleRef, ArticleText } from '../../../model/article.js';
import type { Database } from '../database.js';

/** Call in a transaction. */
export async function changeText(db: Database, ref: ArticleRef, fields: Partial<ArticleText>): Promise<void> {
  const row = await db.get<{ text: string }>('SELECT text FROM article_text WHERE ref = ?', ref);
  if (row === undefined) return;
  const text: ArticleText = { ...JSON.parse(row.text), ...fields };
  db.run('UPDATE article_text SET text = ? WHERE ref = ?', JSON.stringify(text), ref);
}

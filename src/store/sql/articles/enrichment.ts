/** Stores the answers of enrichment commands and the resulting content. */
import type { Article, ArticleRef } from '../../../model/article.js';
import type { EnrichmentStore, StoredAnswer } from '../../../ports/store/enrichment.js';
import { upsertRows } from '../bulk.js';
import type { Database } from '../database.js';
import { saveLists } from './change-text.js';
import { selectRefs } from './read-articles.js';

export function enrichmentMethods(db: Database): EnrichmentStore {
  return {
    storedAnswers: async (refs) => {
      const rows = await db.allMatching<AnswerRow>('SELECT * FROM enrichment WHERE ref IN', refs);
      return rows
        .sort((a, b) => a.ref - b.ref || (a.key < b.key ? -1 : 1))
        .map(({ answer, due, ...row }) => ({
          ...row,
          answer: answer === null ? null : JSON.parse(answer),
          due: new Date(due),
        }));
    },
    saveAnswers: (answers, of) =>
      db.write(async () => {
        for (const ref of of) db.run('DELETE FROM enrichment WHERE ref = ? AND answer IS NULL', ref);
        const rows = answers.map(({ ref, key, answer, tries, due }) => {
          return [ref, key, answer === null ? null : JSON.stringify(answer), tries, due.getTime()];
        });
        await upsertRows(db, 'enrichment', ['ref', 'key'], ['answer', 'tries', 'due'], rows);
      }),
    waitingForAnswers: (now) =>
      selectRefs(
        db,
        `SELECT e.ref FROM enrichment e LEFT JOIN article a ON a.ref = e.ref WHERE e.answer IS NULL AND e.due <= ?
         GROUP BY e.ref, a.published ORDER BY MIN(e.tries), a.published DESC, e.ref`,
        now.getTime(),
      ),
    enrichedArticles: () => selectRefs(db, 'SELECT ref FROM article_text WHERE machine IS NOT NULL ORDER BY ref'),
    saveMachineMade: (made) =>
      db.write(() => {
        const lists = made.map(({ ref, machine }) => [ref, machine] as const);
        return saveLists(db, 'machine', lists);
      }),
  };
}

export function forgetAnswers(db: Database, ref: ArticleRef): void {
  db.run('DELETE FROM enrichment WHERE ref = ?', ref);
}

/** Keeps the parts that archives show. Call in a transaction. */
export function pruneMachineMade(db: Database, { ref, machine = [] }: Pick<Article, 'ref' | 'machine'>): void {
  forgetAnswers(db, ref);
  if (machine.length === 0) return;
  const json = JSON.stringify(machine.map((made) => ({ ...made, contentHtml: null })));
  db.run('UPDATE article_text SET machine = ? WHERE ref = ?', json, ref);
}

type AnswerRow = Omit<StoredAnswer, 'answer' | 'due'> & { readonly answer: string | null; readonly due: number };

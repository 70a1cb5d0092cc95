/** Stores what commands answered about articles, and what of it is laid over these. */
import type { Article, ArticleRef } from '../../../model/article.js';
import type { MachineMade } from '../../../model/enriching/machine.js';
import type { EnrichmentStore, StoredAnswer } from '../../../ports/store/enrichment.js';
import type { Sync } from '../../to-async.js';
import { selectIn } from '../bulk.js';
import { markArticle } from '../channels/dirty.js';
import type { Connection } from '../connection.js';
import { selectRefs } from './read-articles.js';

/** `due`: milliseconds since 1970. */
export const enrichmentSchema = `
CREATE TABLE enrichment (
  ref INTEGER NOT NULL,
  key TEXT NOT NULL,                  -- digest of the command and of what it was given
  answer TEXT,                        -- JSON, a MachineAnswer; null: it waits for one
  tries INTEGER NOT NULL,
  due INTEGER NOT NULL,
  PRIMARY KEY (ref, key)
) WITHOUT ROWID;
CREATE INDEX enrichment_waiting ON enrichment (due) WHERE answer IS NULL;
ALTER TABLE article_text ADD COLUMN machine TEXT; -- JSON, MachineMade[]; null: none
CREATE INDEX article_text_machine ON article_text (ref) WHERE machine IS NOT NULL;
`;

export function enrichmentMethods(db: Connection): Sync<EnrichmentStore> {
  return {
    storedAnswers: (refs) => selectIn<AnswerRow>(db, 'SELECT * FROM enrichment WHERE ref IN', refs).map(toAnswer),
    saveAnswers: (answers, of) =>
      db.write(() => {
        for (const ref of of) db.run('DELETE FROM enrichment WHERE ref = ? AND answer IS NULL', ref);
        for (const { ref, key, answer, tries, due } of answers) {
          const json = answer === null ? null : JSON.stringify(answer);
          db.run('REPLACE INTO enrichment VALUES (?, ?, ?, ?, ?)', ref, key, json, tries, due.getTime());
        }
      }),
    waitingForAnswers: (now) =>
      selectRefs(
        db,
        'SELECT DISTINCT ref FROM enrichment WHERE answer IS NULL AND due <= ? ORDER BY ref',
        now.getTime(),
      ),
    enrichedArticles: () => selectRefs(db, 'SELECT ref FROM article_text WHERE machine IS NOT NULL ORDER BY ref'),
    saveMachineMade: (made) =>
      db.write(() => {
        for (const { ref, machine } of made) saveMachine(db, ref, machine);
      }),
  };
}

/** Full archive documents stay as they are. */
function saveMachine(db: Connection, ref: ArticleRef, machine: readonly MachineMade[]): void {
  const json = machine.length === 0 ? null : JSON.stringify(machine);
  const row = db.get<{ machine: string | null }>('SELECT machine FROM article_text WHERE ref = ?', ref);
  if (row === undefined || row.machine === json) return;
  db.run('UPDATE article_text SET machine = ? WHERE ref = ?', json, ref);
  markArticle(db, ref, 'revision');
}

/** Of an article that is taken down. Call in a transaction. */
export function forgetAnswers(db: Connection, ref: ArticleRef): void {
  db.run('DELETE FROM enrichment WHERE ref = ?', ref);
}

/** What an archive shows of it stays, as of its publisher's text. Call in a transaction. */
export function pruneMachineMade(db: Connection, { ref, machine = [] }: Pick<Article, 'ref' | 'machine'>): void {
  forgetAnswers(db, ref);
  if (machine.length === 0) return;
  const json = JSON.stringify(machine.map((made) => ({ ...made, contentHtml: null })));
  db.run('UPDATE article_text SET machine = ? WHERE ref = ?', json, ref);
}

interface AnswerRow {
  readonly ref: ArticleRef;
  readonly key: string;
  readonly answer: string | null;
  readonly tries: number;
  readonly due: number;
}

function toAnswer({ answer, due, ...row }: AnswerRow): StoredAnswer {
  return { ...row, answer: answer === null ? null : JSON.parse(answer), due: new Date(due) };
}

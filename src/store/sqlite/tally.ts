/** Numbers that would cost a walk through all articles: how many there are, and the next free number. */
import type { ArticleRef } from '../../model/article.js';
import type { Connection } from './connection.js';

export interface Tally {
  /** Articles that have an id and were not pruned. */
  readonly articles: number;
  countArticles(more: number): void;
  /** Numbers are handed out from memory: one that was never used may come again after a restart, one that was used never. */
  reserveRefs(count: number): ArticleRef;
  /** Within the transaction that uses it. */
  useRefs(refs: readonly ArticleRef[]): void;
}

export function openTally(db: Connection): Tally {
  const read = db.prepare<{ n: number }>('SELECT n FROM tally WHERE name = ?');
  const add = db.prepare("UPDATE tally SET n = n + ? WHERE name = 'articles'");
  const use = db.prepare("UPDATE tally SET n = max(n, ?) WHERE name = 'next_ref'");
  let next = read.get('next_ref')!.n;
  return {
    get articles() {
      return read.get('articles')!.n;
    },
    countArticles: (more) => void add.run(more),
    reserveRefs: (count) => {
      const first = next;
      next += count;
      return first;
    },
    useRefs: (refs) => {
      if (refs.length === 0) return;
      const after = refs.reduce((most, ref) => Math.max(most, ref), 0) + 1;
      use.run(after);
      next = Math.max(next, after);
    },
  };
}

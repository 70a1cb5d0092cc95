/** Searches stored articles without an index: reads the newest first, and only as many as are needed. */
import type { ArticleRef } from '../../../model/article.js';
import type { ArticleFilter } from '../../../ports/store/articles.js';
import type { Database, Value } from '../database.js';
import { selectRefs } from './read-articles.js';

export async function selectNewestRefs(db: Database, filter: ArticleFilter): Promise<ArticleRef[]> {
  const { source, state, since, until } = filter;
  const conditions: [condition: string, ...values: (string | number)[]][] = [['id IS NOT NULL AND pruned = 0']];
  if (source !== undefined) conditions.push(['source = ?', source]);
  if (since !== undefined) conditions.push(['published >= ?', since.getTime()]);
  if (until !== undefined) conditions.push(['published < ?', until.getTime()]);
  if (state === 'shown') conditions.push(['hidden_by IS NULL AND withdrawn IS NULL']);
  else if (state === 'withdrawn') conditions.push(['withdrawn IS NOT NULL']);
  else if (state !== undefined) conditions.push([db.dialect.contains('hidden_by'), `"by":"${state}"`]);
  const where = conditions.map(([condition]) => condition).join(' AND ');
  const values = conditions.flatMap(([, ...each]) => each);
  return await selectRefs(db, `SELECT ref FROM article WHERE ${where} ORDER BY published DESC, ref DESC`, ...values);
}

export async function filterRefsByText(
  db: Database,
  refs: readonly ArticleRef[],
  words: readonly (readonly string[])[],
): Promise<ReadonlySet<ArticleRef>> {
  const { isLike } = db.dialect;
  const columns = ['text', 'full_text', 'edits', 'retitled', 'topics'];
  const values: Value[] = [];
  const each = words.map((spellings) => {
    const places = columns.flatMap((column) => spellings.map((spelling) => [column, spelling] as const));
    values.push(...places.map(([, spelling]) => toPattern(spelling)));
    return `(${places.map(([column]) => isLike(column)).join(' OR ')})`;
  });
  const select = `SELECT ref FROM article_text WHERE ${each.join(' AND ') || 'TRUE'} AND ref IN`;
  return new Set((await db.allMatching<{ ref: ArticleRef }>(select, refs, ...values)).map(({ ref }) => ref));
}

/** Finds the text as JSON writes it. */
function toPattern(text: string): string {
  const written = JSON.stringify(text).slice(1, -1);
  return `%${written.replace(/[\\%_]/g, '\\$&')}%`;
}

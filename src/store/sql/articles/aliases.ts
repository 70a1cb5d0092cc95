/** Stores the keys of articles, and the sources that carry them. */
import type { ArticleId, ArticleRef } from '../../../model/article.js';
import type { NamedArticle } from '../../../model/identity.js';
import type { SourceId } from '../../../model/source.js';
import { insertRows, upsertRows } from '../bulk.js';
import type { Database } from '../database.js';
import { hashArticleId, hashArticleKey } from './key-hash.js';
import { parseJsonList, readArticleRows } from './read-articles.js';

/** Omits unknown hashes. */
export async function findRefsByHash(
  db: Database,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, ArticleRef>> {
  const rows = await db.allMatching<{ key: string; ref: ArticleRef }>(
    'SELECT key, ref FROM alias WHERE key IN',
    hashes,
  );
  return new Map(rows.map(({ key, ref }) => [key, ref]));
}

/** The latest wins: a reused guid resolves to its new article. */
export async function addAliases(db: Database, named: readonly NamedArticle[]): Promise<void> {
  const rows = named.flatMap(({ ref, keys }) => keys.map((key) => [hashArticleKey(key), ref]));
  await upsertRows(db, 'alias', ['key'], ['ref'], rows);
}

/** Rejects if another article has one of the ids. */
export async function addIds(
  db: Database,
  minted: readonly { readonly ref: ArticleRef; readonly id: ArticleId }[],
): Promise<void> {
  const rows = minted.map(({ ref, id }) => [hashArticleId(id), ref]);
  await insertRows(db, 'alias (key, ref)', rows);
}

/** Records that sources carry the articles, and marks these for placement. */
export async function addCarriers(
  db: Database,
  refs: readonly ArticleRef[],
  sources: readonly SourceId[],
): Promise<void> {
  for (const row of (await readArticleRows(db, refs)).values()) {
    const before = parseJsonList(row.also_in);
    const after = [...new Set([...before, ...sources])].filter((id) => id !== row.source).sort();
    if (after.length === before.length) continue;
    db.run('UPDATE article SET also_in = ?, unplaced = 1 WHERE ref = ?', JSON.stringify(after), row.ref);
  }
}

/** Stores the keys that identify articles, and the sources that carry them. */
import type { ArticleId, ArticleRef } from '../../../model/article.js';
import type { NamedArticle } from '../../../model/identity.js';
import type { SourceId } from '../../../model/source.js';
import type { Connection } from '../../sqlite/connection.js';
import { insertRows, selectIn } from '../bulk.js';
import { idHash, keyHash } from './key-hash.js';
import { articleRow, jsonList } from './read-articles.js';

/** Unknown hashes are left out. */
export function refsByHash(db: Connection, hashes: readonly string[]): ReadonlyMap<string, ArticleRef> {
  const rows = selectIn<{ key: string; ref: ArticleRef }>(db, 'SELECT key, ref FROM alias WHERE key IN', hashes);
  return new Map(rows.map(({ key, ref }) => [key, ref]));
}

/** The latest wins: a guid that was published anew leads to its new article. */
export function addAliases(db: Connection, named: readonly NamedArticle[]): void {
  const rows = named.flatMap(({ ref, keys }) => keys.map((key) => [keyHash(key), ref]));
  insertRows(db, 'INSERT INTO alias', rows, 'ON CONFLICT DO UPDATE SET ref = excluded.ref');
}

/** Throws where another article has one of the ids. */
export function addIds(db: Connection, minted: readonly { readonly ref: ArticleRef; readonly id: ArticleId }[]): void {
  insertRows(
    db,
    'INSERT INTO alias',
    minted.map(({ ref, id }) => [idHash(id), ref]),
  );
}

/** Records that other sources carry the article, which must then be placed again. */
export function addCarriers(db: Connection, ref: ArticleRef, sources: readonly SourceId[]): void {
  const row = articleRow(db, ref);
  if (row === undefined) return;
  const before = jsonList(row.also_in);
  const after = [...new Set([...before, ...sources])].filter((id) => id !== row.source).sort();
  if (after.length === before.length) return;
  db.run('UPDATE article SET also_in = ?, unplaced = 1 WHERE ref = ?', JSON.stringify(after), ref);
}

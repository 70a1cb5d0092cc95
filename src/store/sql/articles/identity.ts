/** Stores the keys of articles, and the ids assigned at the end of their first run. */
import type { ArticleRef } from '../../../model/article.js';
import type { ArticleKey, PendingArticle } from '../../../model/identity.js';
import type { SourceId } from '../../../model/source.js';
import type { Store } from '../../../ports/store/store.js';
import { addToCounter, reserveNumbers } from '../counters.js';
import type { Database } from '../database.js';
import { markArticles } from '../dirty.js';
import { listSourceFeeds, readSourceState, writeSourceState } from '../source-state.js';
import { addAliases, addCarriers, addIds, findRefsByHash } from './aliases.js';
import { changeText } from './change-text.js';
import { hashArticleId, hashArticleKey } from './key-hash.js';
import { type ArticleRow, parseJsonList, readArticleRow, readStoredArticles } from './read-articles.js';

export function identityMethods(db: Database) {
  return {
    reserveRefs: (count) => db.write(() => reserveNumbers(db, 'next_ref', count)),
    findByKeys: async (keys) => {
      const hashes = keys.map(hashArticleKey);
      const refs = await findRefsByHash(db, hashes);
      const matched = new Map<ArticleRef, ArticleKey[]>();
      keys.forEach((key, i) => {
        const ref = refs.get(hashes[i]!);
        if (ref !== undefined) matched.set(ref, [...(matched.get(ref) ?? []), key]);
      });
      return (await readStoredArticles(db, [...matched.keys()])).map((article) => ({
        ...article,
        matched: matched.get(article.ref)!,
      }));
    },
    pending: async () => {
      const pending = `SELECT ref, source AS "sourceId", published, first_seen, mint_only, guid, url, title, keys
        FROM pending JOIN article USING (ref) ORDER BY ref`;
      const rows = await db.all<PendingRow>(pending);
      return rows.map(({ url, published, first_seen, mint_only, keys, ...row }) => ({
        ...row,
        url: url || null,
        publishedAt: new Date(published),
        firstSeenAt: new Date(first_seen),
        mintOnly: mint_only === 1,
        urlKeys: parseJsonList<ArticleKey>(keys).flatMap(({ kind, value }) => (kind === 'url' ? value : [])),
      }));
    },
    pendingCredits: async (after, limit) => {
      const { part } = db.dialect;
      const credits = `SELECT ref, source, ${part('text', 'attribution')} AS attribution, ${part('text', 'authors')} AS authors
        FROM pending JOIN article USING (ref) JOIN article_text USING (ref)
        WHERE ref > ? ORDER BY ref LIMIT ?`;
      return (await db.all<CreditRow>(credits, after, limit)).map(({ ref, source, attribution, authors }) => {
        return { ref, sourceId: source, attribution: JSON.parse(attribution), authors: JSON.parse(authors) };
      });
    },
    saveCredits: (credits) =>
      db.write(async () => {
        for (const { ref, attribution, authors } of credits) await changeText(db, ref, { attribution, authors });
        const refs = credits.map(({ ref }) => ref);
        await markArticles(db, refs, 'takedown');
      }),
    takenIds: async (ids) => {
      const hashes = ids.map(hashArticleId);
      const taken = await findRefsByHash(db, hashes);
      return new Set(ids.filter((_, i) => taken.has(hashes[i]!)));
    },
    mint: (minted, merged, foreign = [], named = []) =>
      db.write(async () => {
        for (const { ref, keys } of foreign) await dropKeys(db, ref, keys);
        await addAliases(db, named);
        for (const { ref, into } of merged) await mergePending(db, ref, into);
        const mint = 'UPDATE article SET id = ?, unplaced = 1 WHERE ref = ? AND id IS NULL RETURNING ref';
        const found = await db.allBatched<{ ref: ArticleRef }>(
          mint,
          minted.map(({ ref, id }) => [id, ref]),
        );
        const fresh = minted.filter((_, i) => found[i]!.length > 0);
        db.run('DELETE FROM pending WHERE ref IN (SELECT ref FROM article WHERE id IS NOT NULL AND ref = pending.ref)');
        await addIds(db, fresh);
        addToCounter(db, 'articles', fresh.length);
      }),
  } satisfies Partial<Store>;
}

interface CreditRow {
  readonly ref: ArticleRef;
  readonly source: SourceId;
  readonly attribution: string;
  readonly authors: string;
}

type PendingRow = Pick<ArticleRow, 'published' | 'first_seen'> &
  Pick<PendingArticle, 'ref' | 'sourceId' | 'guid' | 'url' | 'title'> & {
    readonly mint_only: number;
    readonly keys: string;
  };

async function dropKeys(db: Database, ref: ArticleRef, keys: readonly ArticleKey[]): Promise<void> {
  const pending = await db.get<{ keys: string }>('SELECT keys FROM pending WHERE ref = ?', ref);
  const dropped = new Set(keys.map(hashArticleKey));
  const kept = parseJsonList<ArticleKey>(pending?.keys ?? null).filter((key) => !dropped.has(hashArticleKey(key)));
  db.run('UPDATE pending SET keys = ? WHERE ref = ?', JSON.stringify(kept), ref);
  for (const hash of dropped) db.run('DELETE FROM alias WHERE key = ? AND ref = ?', hash, ref);
}

/** Merges two pending articles into one: keys, sources and what the sources last read. */
async function mergePending(db: Database, ref: ArticleRef, into: ArticleRef): Promise<void> {
  const row = await readArticleRow(db, ref);
  const pending = await db.get<{ keys: string }>('SELECT keys FROM pending WHERE ref = ?', ref);
  if (row === undefined || pending === undefined) return;
  const carriers = [row.source, ...parseJsonList(row.also_in)];
  await addAliases(db, [{ ref: into, keys: parseJsonList(pending.keys) }]);
  await addCarriers(db, [into], carriers);
  for (const carrier of carriers)
    for (const feed of await listSourceFeeds(db, carrier)) await replaceLastRead(db, feed, ref, into);
  for (const table of ['pending', 'article_text', 'article']) db.run(`DELETE FROM ${table} WHERE ref = ?`, ref);
}

async function replaceLastRead(db: Database, feedId: string, ref: ArticleRef, into: ArticleRef): Promise<void> {
  const state = await readSourceState(db, feedId);
  if (!state?.lastRead.some((entry) => entry.ref === ref)) return;
  const lastRead = state.lastRead.map((entry) => (entry.ref === ref ? { ...entry, ref: into } : entry));
  writeSourceState(db, { ...state, lastRead });
}

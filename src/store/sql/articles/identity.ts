/** Stores the keys of articles, and the ids that they get at the end of their first run. */
import type { ArticleRef } from '../../../model/article.js';
import type { ArticleKey, PendingArticle } from '../../../model/identity.js';
import type { SourceId } from '../../../model/source.js';
import type { Store } from '../../../ports/store/store.js';
import type { Connection } from '../../sqlite/connection.js';
import type { Sync } from '../../to-async.js';
import { markArticle } from '../channels/dirty.js';
import { addToCounter } from '../counters.js';
import { feedsIn } from '../sources/feeds-in.js';
import { readSourceState, writeSourceState } from '../sources/sources.js';
import { addAliases, addCarriers, addIds, refsByHash } from './aliases.js';
import { idHash, keyHash } from './key-hash.js';
import { type ArticleRow, articleRow, jsonList, storedArticles } from './read-articles.js';

export function identityMethods(
  db: Connection,
): Sync<Pick<Store, 'reserveRefs' | 'known' | 'pending' | 'pendingCredits' | 'saveCredits' | 'takenIds' | 'mint'>> {
  return {
    reserveRefs: (count) => db.write(() => addToCounter(db, 'next_ref', count)),
    known: (keys) => {
      const hashes = keys.map(keyHash);
      const refs = refsByHash(db, hashes);
      const matched = new Map<ArticleRef, ArticleKey[]>();
      keys.forEach((key, i) => {
        const ref = refs.get(hashes[i]!);
        if (ref !== undefined) matched.set(ref, [...(matched.get(ref) ?? []), key]);
      });
      return storedArticles(db, [...matched.keys()]).map((article) => ({
        ...article,
        matched: matched.get(article.ref)!,
      }));
    },
    pending: () => {
      const pending = `SELECT ref, source, published, first_seen, mint_only, guid, url, title, keys
        FROM pending JOIN article USING (ref) ORDER BY ref`;
      return db.all<PendingRow>(pending).map(toPending);
    },
    pendingCredits: () => {
      const credits = `SELECT ref, source, json_extract(text, '$.attribution', '$.authors') AS credit
        FROM pending JOIN article USING (ref) JOIN article_text USING (ref) ORDER BY ref`;
      return db.all<{ ref: ArticleRef; source: SourceId; credit: string }>(credits).map(({ ref, source, credit }) => {
        const [attribution, authors] = JSON.parse(credit);
        return { ref, sourceId: source, attribution, authors };
      });
    },
    saveCredits: (credits) =>
      db.write(() => {
        const save = `UPDATE article_text SET text = json_set(text, '$.attribution', json(?), '$.authors', json(?))
          WHERE ref = ?`;
        for (const { ref, attribution, authors } of credits) {
          db.run(save, JSON.stringify(attribution), JSON.stringify(authors), ref);
          markArticle(db, ref, 'takedown');
        }
      }),
    takenIds: (ids) => {
      const hashes = ids.map(idHash);
      const taken = refsByHash(db, hashes);
      return new Set(ids.filter((_, i) => taken.has(hashes[i]!)));
    },
    mint: (minted, merged, foreign = [], named = []) =>
      db.write(() => {
        for (const { ref, keys } of foreign) dropKeys(db, ref, keys);
        addAliases(db, named);
        for (const { ref, into } of merged) mergePending(db, ref, into);
        const mint = 'UPDATE article SET id = ?, unplaced = 1 WHERE ref = ? AND id IS NULL';
        const fresh = minted.filter(({ ref, id }) => db.run(mint, id, ref) > 0);
        db.run('DELETE FROM pending WHERE ref IN (SELECT ref FROM article WHERE id IS NOT NULL AND ref = pending.ref)');
        addIds(db, fresh);
        addToCounter(db, 'articles', fresh.length);
      }),
  };
}

type PendingRow = Pick<ArticleRow, 'ref' | 'source' | 'published' | 'first_seen'> &
  Pick<PendingArticle, 'guid' | 'url' | 'title'> & { readonly mint_only: number; readonly keys: string };

function toPending(row: PendingRow): PendingArticle {
  return {
    ref: row.ref,
    sourceId: row.source,
    guid: row.guid,
    url: row.url || null,
    title: row.title,
    publishedAt: new Date(row.published),
    firstSeenAt: new Date(row.first_seen),
    mintOnly: row.mint_only === 1,
    urlKeys: jsonList<ArticleKey>(row.keys).flatMap(({ kind, value }) => (kind === 'url' ? value : [])),
  };
}

function dropKeys(db: Connection, ref: ArticleRef, keys: readonly ArticleKey[]): void {
  const pending = db.get<{ keys: string }>('SELECT keys FROM pending WHERE ref = ?', ref);
  const dropped = new Set(keys.map(keyHash));
  const kept = jsonList<ArticleKey>(pending?.keys ?? null).filter((key) => !dropped.has(keyHash(key)));
  db.run('UPDATE pending SET keys = ? WHERE ref = ?', JSON.stringify(kept), ref);
  for (const hash of dropped) db.run('DELETE FROM alias WHERE key = ? AND ref = ?', hash, ref);
}

/** Two pending articles turned out to be one: names and sources go over to the one that stays, and so does what its sources last read. */
function mergePending(db: Connection, ref: ArticleRef, into: ArticleRef): void {
  const row = articleRow(db, ref);
  const pending = db.get<{ keys: string }>('SELECT keys FROM pending WHERE ref = ?', ref);
  if (row === undefined || pending === undefined) return;
  const carriers = [row.source, ...jsonList(row.also_in)];
  addAliases(db, [{ ref: into, keys: jsonList(pending.keys) }]);
  addCarriers(db, into, carriers);
  for (const feed of carriers.flatMap((id) => feedsIn(db, id))) replaceLastRead(db, feed, ref, into);
  db.run('DELETE FROM pending WHERE ref = ?', ref);
  db.run('DELETE FROM article WHERE ref = ?', ref);
}

function replaceLastRead(db: Connection, feedId: string, ref: ArticleRef, into: ArticleRef): void {
  const state = readSourceState(db, feedId);
  if (!state?.lastRead.some((entry) => entry.ref === ref)) return;
  const lastRead = state.lastRead.map((entry) => (entry.ref === ref ? { ...entry, ref: into } : entry));
  writeSourceState(db, { ...state, lastRead });
}

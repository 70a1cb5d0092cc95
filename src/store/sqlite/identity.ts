/** Under which names articles are known, and the ids that they get at the end of their first run. */
import type { ArticleId, ArticleRef } from '../../model/article.js';
import type { ArticleKey, PendingArticle } from '../../model/identity.js';
import type { SourceId } from '../../model/source.js';
import type { Store } from '../../ports/store/store.js';
import type { Sync } from '../promised.js';
import { bulkFind, bulkInsert } from './bulk.js';
import type { Connection } from './connection.js';
import { idHash, keyHash } from './keys.js';
import { type ArticleRow, readList, type Shelf } from './shelf.js';
import type { SourceRepository } from './sources.js';
import type { Tally } from './tally.js';

export interface Names {
  /** By hash; what leads nowhere is left out. */
  find(hashes: readonly string[]): ReadonlyMap<string, ArticleRef>;
  /** The latest wins: a guid that was published anew leads to its new article. */
  give(named: readonly Named[]): void;
  giveIds(minted: readonly { readonly ref: ArticleRef; readonly id: ArticleId }[]): void;
  /** Notes that another source carries the article, which has then to be placed anew. */
  carry(ref: ArticleRef, sources: readonly SourceId[]): void;
}

interface Named {
  readonly ref: ArticleRef;
  readonly keys: readonly ArticleKey[];
}

export function openNames(db: Connection, shelf: Shelf): Names {
  const find = bulkFind<{ key: string; ref: number }>(db, 'SELECT key, ref FROM alias WHERE key IN');
  const into = 'INSERT INTO alias';
  const give = bulkInsert(db, { into, columns: 2, after: 'ON CONFLICT DO UPDATE SET ref = excluded.ref' });
  const giveIds = bulkInsert(db, { into, columns: 2 });
  const carry = db.prepare('UPDATE article SET also_in = ?, unplaced = 1 WHERE ref = ?');
  return {
    find: (hashes) => new Map(find(hashes).map(({ key, ref }) => [key, ref])),
    give: (named) => give(named.flatMap(({ ref, keys }) => keys.map((key) => [keyHash(key), ref]))),
    // In the order of the table: of 150,000 each page is written once.
    giveIds: (minted) =>
      giveIds(minted.map(({ ref, id }) => [idHash(id), ref] as const).sort(([a], [b]) => (a < b ? -1 : 1))),
    carry: (ref, sources) => {
      const row = shelf.row(ref);
      if (row === undefined) return;
      const before = readList(row.also_in);
      const after = [...new Set([...before, ...sources])].filter((id) => id !== row.source).sort();
      if (after.length === before.length) return;
      carry.run(JSON.stringify(after), ref);
      shelf.forget(ref);
    },
  };
}

export interface IdentityParts {
  readonly db: Connection;
  readonly shelf: Shelf;
  readonly names: Names;
  readonly sources: SourceRepository;
  readonly tally: Tally;
}

type Methods = Sync<Pick<Store, 'reserveRefs' | 'known' | 'pending' | 'takenIds' | 'mint'>>;

export function identityMethods(parts: IdentityParts): Methods {
  const { db, shelf, names, tally } = parts;
  const waiting = db.prepare<Waiting>(
    `SELECT ref, source, published, first_seen, mint_only, guid, url, title, addresses
     FROM pending JOIN article USING (ref) ORDER BY ref`,
  );
  const mint = db.prepare('UPDATE article SET id = ?, unplaced = 1 WHERE ref = ? AND id IS NULL');
  const settle = db.prepare(
    'DELETE FROM pending WHERE EXISTS (SELECT 1 FROM article WHERE article.ref = pending.ref AND id IS NOT NULL)',
  );
  const merge = mergePending(parts);
  return {
    reserveRefs: (count) => tally.reserveRefs(count),
    known: (keys) => {
      const matches = new Map<ArticleRef, ArticleKey[]>();
      const hashes = keys.map(keyHash);
      const refs = names.find(hashes);
      keys.forEach((key, i) => {
        const ref = refs.get(hashes[i]!);
        if (ref !== undefined) matches.set(ref, [...(matches.get(ref) ?? []), key]);
      });
      return [...matches].flatMap(([ref, matched]) => {
        const article = shelf.stored(ref);
        return article === undefined ? [] : [{ ...article, matched }];
      });
    },
    pending: () => waiting.all().map(toPending),
    takenIds: (ids) => {
      const hashes = ids.map(idHash);
      const taken = names.find(hashes);
      return new Set(ids.filter((_, i) => taken.has(hashes[i]!)));
    },
    mint: (minted, merged) =>
      db.write(() => {
        for (const { ref, into } of merged) merge(ref, into);
        const fresh = [...minted].sort((a, b) => a.ref - b.ref).filter(({ ref, id }) => mint.run(id, ref) > 0);
        settle.run();
        for (const { ref } of fresh) shelf.forget(ref);
        names.giveIds(fresh);
        tally.countArticles(fresh.length);
      }),
  };
}

type Waiting = Pick<ArticleRow, 'ref' | 'source' | 'published' | 'first_seen'> &
  Pick<PendingArticle, 'guid' | 'url' | 'title'> & { readonly mint_only: number; readonly addresses: string };

function toPending(row: Waiting): PendingArticle {
  return {
    ref: row.ref,
    sourceId: row.source,
    guid: row.guid,
    url: row.url,
    title: row.title,
    publishedAt: new Date(row.published),
    firstSeenAt: new Date(row.first_seen),
    mintOnly: row.mint_only === 1,
    urlKeys: readList(row.addresses),
  };
}

/** Two pending articles turned out to be one: names and sources go over to the one that stays, and so does what its sources remember. */
function mergePending({ db, shelf, names, sources }: IdentityParts): (ref: ArticleRef, into: ArticleRef) => void {
  const find = db.prepare<{ addresses: string; names: string }>('SELECT addresses, names FROM pending WHERE ref = ?');
  const forget = db.prepare('DELETE FROM pending WHERE ref = ?');
  const erase = db.prepare('DELETE FROM article WHERE ref = ?');

  function readInstead(sourceId: SourceId, ref: ArticleRef, into: ArticleRef): void {
    const state = sources.get(sourceId);
    if (!state?.lastRead.some((entry) => entry.ref === ref)) return;
    sources.put({
      ...state,
      lastRead: state.lastRead.map((entry) => (entry.ref === ref ? { ...entry, ref: into } : entry)),
    });
  }
  return (ref, into) => {
    const row = shelf.row(ref);
    const waiting = find.get(ref);
    if (row === undefined || waiting === undefined) return;
    const carriers = [row.source, ...readList(row.also_in)];
    const addresses = readList(waiting.addresses).map((value): ArticleKey => ({ kind: 'url', value }));
    names.give([{ ref: into, keys: [...readList<ArticleKey>(waiting.names), ...addresses] }]);
    names.carry(into, carriers);
    for (const sourceId of carriers) readInstead(sourceId, ref, into);
    forget.run(ref);
    erase.run(ref);
    shelf.forget(ref);
  };
}

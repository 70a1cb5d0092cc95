/** Under which names articles are known, and the ids that they get at the end of their first run. */
import type { ArticleId, ArticleRef } from '../../model/article.js';
import type { SourceId } from '../../model/source.js';
import type { ArticleKey, PendingArticle, Store } from '../../ports.js';
import type { Sync } from '../promised.js';
import type { Connection } from './connection.js';
import { idHash, keyHash } from './keys.js';
import { type ArticleRow, readList, type Shelf } from './shelf.js';
import type { SourceBook } from './sources.js';
import type { Tally } from './tally.js';

/** What an article that has no id yet keeps for minting. */
export interface Pending extends Pick<PendingArticle, 'mintOnly' | 'guid' | 'url' | 'title'> {
  readonly keys: readonly ArticleKey[];
}

export interface Names {
  find(hash: string): ArticleRef | null;
  /** The latest wins: a guid that was published anew leads to its new article. */
  give(ref: ArticleRef, keys: readonly ArticleKey[]): void;
  giveId(ref: ArticleRef, id: ArticleId): void;
  /** Notes that another source carries the article, which has then to be placed anew. */
  carry(ref: ArticleRef, sources: readonly SourceId[]): void;
}

export function openNames(db: Connection, shelf: Shelf): Names {
  const find = db.prepare<{ ref: number }>('SELECT ref FROM alias WHERE key = ?');
  const give = db.prepare('INSERT INTO alias VALUES (?, ?) ON CONFLICT DO UPDATE SET ref = excluded.ref');
  const giveId = db.prepare('INSERT INTO alias VALUES (?, ?)');
  const carry = db.prepare('UPDATE article SET also_in = ?, unplaced = 1 WHERE ref = ?');
  return {
    find: (hash) => find.get(hash)?.ref ?? null,
    give: (ref, keys) => {
      for (const key of keys) give.run(keyHash(key), ref);
    },
    giveId: (ref, id) => void giveId.run(idHash(id), ref),
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
  readonly sources: SourceBook;
  readonly tally: Tally;
}

type Methods = Sync<Pick<Store, 'reserveRefs' | 'known' | 'pending' | 'takenIds' | 'mint'>>;

export function identityMethods(parts: IdentityParts): Methods {
  const { db, shelf, names, tally } = parts;
  const waiting = db.prepare<ArticleRow>('SELECT * FROM article WHERE pending IS NOT NULL ORDER BY ref');
  const mint = db.prepare(
    'UPDATE article SET id = ?, pending = NULL, unplaced = 1 WHERE ref = ? AND pending IS NOT NULL',
  );
  const merge = mergePending(parts);
  return {
    reserveRefs: (count) => tally.reserveRefs(count),
    known: (keys) => {
      const matches = new Map<ArticleRef, ArticleKey[]>();
      for (const key of keys) {
        const ref = names.find(keyHash(key));
        if (ref !== null) matches.set(ref, [...(matches.get(ref) ?? []), key]);
      }
      return [...matches].flatMap(([ref, matched]) => {
        const article = shelf.stored(ref);
        return article === undefined ? [] : [{ ...article, matched }];
      });
    },
    pending: () => waiting.all().map(toPending),
    takenIds: (ids) => new Set(ids.filter((id) => names.find(idHash(id)) !== null)),
    mint: (minted, merged) =>
      db.write(() => {
        for (const { ref, into } of merged) merge(ref, into);
        for (const { ref, id } of minted) {
          if (mint.run(id, ref) === 0) continue;
          names.giveId(ref, id);
          shelf.forget(ref);
          tally.countArticles(1);
        }
      }),
  };
}

function toPending(row: ArticleRow): PendingArticle {
  const { keys, ...pending } = JSON.parse(row.pending!) as Pending;
  return {
    ref: row.ref,
    sourceId: row.source,
    ...pending,
    publishedAt: new Date(row.published),
    firstSeenAt: new Date(row.first_seen),
    urlKeys: keys.flatMap((key) => (key.kind === 'url' ? [key.value] : [])),
  };
}

/** Two pending articles turned out to be one: names and sources go over to the one that stays, and so does what its sources remember. */
function mergePending({ db, shelf, names, sources }: IdentityParts): (ref: ArticleRef, into: ArticleRef) => void {
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
    if (row === undefined || row.pending === null) return;
    const carriers = [row.source, ...readList(row.also_in)];
    names.give(into, (JSON.parse(row.pending) as Pending).keys);
    names.carry(into, carriers);
    for (const sourceId of carriers) readInstead(sourceId, ref, into);
    erase.run(ref);
    shelf.forget(ref);
  };
}

/** What stood in each source's last document: kept apart from what is read in every run, and only believed while nothing that it rests on has changed. */
import type { ArticleRef } from '../../model/article.js';
import type { DocumentSnapshot, SnapshotItem } from '../../model/document.js';
import type { SourceId } from '../../model/source.js';
import { bulkFind } from './bulk.js';
import type { Connection } from './connection.js';
import type { Names } from './identity.js';
import { KEY_LENGTH, keyHash } from './keys.js';

export interface SnapshotRepository {
  get(id: SourceId): DocumentSnapshot | null;
  /** Within a transaction; null: forgets. */
  put(id: SourceId, memory: DocumentSnapshot | null): void;
}

/** Mark, ref, claimed date in milliseconds, and the hashes of its keys in a row. */
type Row = readonly [mark: string, ref: ArticleRef, claimed: number | null, names: string];

interface Kept extends Omit<DocumentSnapshot, 'items'> {
  readonly items: readonly Row[];
}

export function openSnapshotRepository(db: Connection, names: Names): SnapshotRepository {
  const get = db.prepare<{ document: string }>('SELECT document FROM memory WHERE source = ?');
  const put = db.prepare('INSERT INTO memory VALUES (?, ?) ON CONFLICT DO UPDATE SET document = excluded.document');
  const drop = db.prepare('DELETE FROM memory WHERE source = ?');
  const standing = bulkFind<{ ref: ArticleRef }>(
    db,
    'SELECT ref FROM article WHERE withdrawn IS NULL AND pruned = 0 AND ref IN',
  );
  const kept = (id: SourceId): Kept | null => {
    const row = get.get(id);
    return row === undefined ? null : JSON.parse(row.document);
  };
  function holds({ items }: Kept): boolean {
    const leads = names.find(items.flatMap(([, , , hashes]) => split(hashes)));
    const lost = items.some(
      ([, ref, , hashes]) => hashes === '' || split(hashes).some((hash) => leads.get(hash) !== ref),
    );
    return !lost && standing(items.map(([, ref]) => ref)).length === items.length;
  }
  return {
    get: (id) => {
      const memory = kept(id);
      return memory === null || !holds(memory) ? null : { ...memory, items: memory.items.map(toItem) };
    },
    put: (id, memory) => {
      if (memory === null) drop.run(id);
      else put.run(id, JSON.stringify({ ...memory, items: rowsOf(memory.items, () => kept(id)?.items ?? []) }));
    },
  };
}

function toItem([hash, ref, claimed]: Row): SnapshotItem {
  return { hash, ref, claimedPublishedAt: claimed === null ? null : new Date(claimed), keys: 'as before' };
}

function rowsOf(items: readonly SnapshotItem[], before: () => readonly Row[]): Row[] {
  const known = items.some(({ keys }) => keys === 'as before') ? before() : [];
  const names = new Map(known.map(([mark, , , hashes]) => [mark, hashes]));
  return items.map(({ hash, ref, claimedPublishedAt, keys }): Row => {
    const hashes = keys === 'as before' ? (names.get(hash) ?? '') : keys.map(keyHash).join('');
    return [hash, ref, claimedPublishedAt?.getTime() ?? null, hashes];
  });
}

function split(hashes: string): string[] {
  const list: string[] = [];
  for (let at = 0; at < hashes.length; at += KEY_LENGTH) list.push(hashes.slice(at, at + KEY_LENGTH));
  return list;
}

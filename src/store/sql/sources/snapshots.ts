/** Stores snapshots of each source's last document, in a table of its own since most runs do not need them, and validates them. */
import { type ArticleRef, PICTURE_KEY_LENGTH } from '../../../model/article.js';
import type { DocumentSnapshot, SnapshotItem } from '../../../model/document.js';
import type { SourceId } from '../../../model/source.js';
import type { Connection } from '../../sqlite/connection.js';
import { refsByHash } from '../articles/aliases.js';
import { KEY_LENGTH, keyHash } from '../articles/key-hash.js';
import { selectIn } from '../bulk.js';

/** Hash of the item, ref, claimed date in milliseconds, the hashes of its keys and the keys of its pictures, each concatenated. */
type ItemRow = readonly [hash: string, ref: ArticleRef, claimed: number | null, keyHashes: string, pictures: string];

interface StoredSnapshot extends Omit<DocumentSnapshot, 'items'> {
  readonly items: readonly ItemRow[];
}

/** null: there is none, or it is no longer valid. */
export function readSnapshot(db: Connection, id: SourceId): DocumentSnapshot | null {
  const snapshot = storedSnapshot(db, id);
  return snapshot === null || !holds(db, snapshot) ? null : { ...snapshot, items: snapshot.items.map(toItem) };
}

/** Call in a transaction. */
export function writeSnapshot(db: Connection, id: SourceId, snapshot: DocumentSnapshot): void {
  const before = new Map(storedSnapshot(db, id)?.items.map(([hash, , , keyHashes]) => [hash, keyHashes]));
  const items = snapshot.items.map(({ hash, ref, claimedPublishedAt, keys, pictures }): ItemRow => {
    const keyHashes = keys === 'as before' ? (before.get(hash) ?? '') : keys.map(keyHash).join('');
    return [hash, ref, claimedPublishedAt?.getTime() ?? null, keyHashes, pictures.join('')];
  });
  db.run('REPLACE INTO snapshot VALUES (?, ?)', id, JSON.stringify({ ...snapshot, items }));
}

export function dropSnapshot(db: Connection, id: SourceId): void {
  db.run('DELETE FROM snapshot WHERE source = ?', id);
}

function storedSnapshot(db: Connection, id: SourceId): StoredSnapshot | null {
  const row = db.get<{ document: string }>('SELECT document FROM snapshot WHERE source = ?', id);
  return row === undefined ? null : JSON.parse(row.document);
}

/** Whether all keys still belong to the same articles, none of which is withdrawn or pruned. */
function holds(db: Connection, { items }: StoredSnapshot): boolean {
  const found = refsByHash(
    db,
    items.flatMap(([, , , keyHashes]) => splitHashes(keyHashes)),
  );
  const leads = ([, ref, , keyHashes]: ItemRow) =>
    keyHashes !== '' && splitHashes(keyHashes).every((hash) => found.get(hash) === ref);
  const intact = 'SELECT ref FROM article WHERE withdrawn IS NULL AND pruned = 0 AND ref IN';
  const refs = items.map(([, ref]) => ref);
  return items.every(leads) && selectIn(db, intact, refs).length === items.length;
}

function toItem([hash, ref, claimed, , pictures]: ItemRow): SnapshotItem {
  return {
    hash,
    ref,
    claimedPublishedAt: claimed === null ? null : new Date(claimed),
    keys: 'as before',
    pictures: splitEvery(PICTURE_KEY_LENGTH, pictures),
  };
}

function splitHashes(hashes: string): string[] {
  return splitEvery(KEY_LENGTH, hashes);
}

function splitEvery(length: number, text: string): string[] {
  return Array.from({ length: text.length / length }, (_, i) => text.slice(i * length, (i + 1) * length));
}

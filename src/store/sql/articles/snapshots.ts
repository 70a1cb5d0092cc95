/** Stores and validates snapshots of each source's last document, in a separate table because most runs do not need them. */
import { PICTURE_KEY_LENGTH } from '../../../model/article.js';
import type { DocumentSnapshot, SnapshotItem } from '../../../model/document.js';
import type { SourceId } from '../../../model/source.js';
import { LINE_KEY_LENGTH } from '../../../text/furniture.js';
import type { Database } from '../database.js';
import { fetchStateFromJson, fetchStateToJson } from '../source-state.js';
import { findRefsByHash } from './aliases.js';
import { hashArticleKey, KEY_LENGTH } from './key-hash.js';

/** `claimed`: date in milliseconds. `keys` (hashed), `pictures` and `lines` are concatenated values of fixed length. */
type ItemRow = readonly [
  hash: string,
  ref: number,
  claimed: number | null,
  keys: string,
  pictures: string,
  lines?: string,
];

interface StoredSnapshot extends Omit<DocumentSnapshot, 'items'> {
  readonly items: readonly ItemRow[];
}

export async function readSnapshot(db: Database, id: SourceId): Promise<DocumentSnapshot | null> {
  const snapshot = await readStoredSnapshot(db, id);
  if (snapshot === null || !(await isSnapshotCurrent(db, snapshot))) return null;
  return { ...snapshot, items: snapshot.items.map(toItem) };
}

/** Call in a transaction. */
export async function writeSnapshot(db: Database, id: SourceId, snapshot: DocumentSnapshot): Promise<void> {
  const before = snapshot.items.some(({ keys }) => keys === 'as before') ? await readStoredSnapshot(db, id) : null;
  const known = new Map(before?.items.map(([hash, , , keyHashes]) => [hash, keyHashes]));
  const items = snapshot.items.map(({ hash, ref, claimedPublishedAt, keys, pictures, lines }): ItemRow => {
    const keyHashes = keys === 'as before' ? (known.get(hash) ?? '') : keys.map(hashArticleKey).join('');
    return [hash, ref, claimedPublishedAt?.getTime() ?? null, keyHashes, pictures.join(''), lines.join('')];
  });
  const save = 'INSERT INTO snapshot VALUES (?, ?) ON CONFLICT (source) DO UPDATE SET document = excluded.document';
  db.run(save, id, JSON.stringify({ ...snapshot, items }));
}

export function dropSnapshot(db: Database, id: SourceId): void {
  db.run('DELETE FROM snapshot WHERE source = ?', id);
}

/** Makes the feed's next document count as unread, even an unchanged one. */
export async function forgetDocument(db: Database, id: SourceId): Promise<void> {
  dropSnapshot(db, id);
  const row = await db.get<{ state: string }>('SELECT state FROM source WHERE id = ?', id);
  if (row === undefined) return;
  const state = fetchStateToJson({ ...fetchStateFromJson(row.state), bodyHash: null });
  db.run('UPDATE source SET state = ? WHERE id = ?', state, id);
}

async function readStoredSnapshot(db: Database, id: SourceId): Promise<StoredSnapshot | null> {
  const row = await db.get<{ document: string }>('SELECT document FROM snapshot WHERE source = ?', id);
  return row === undefined ? null : JSON.parse(row.document);
}

/** Whether all keys still resolve to the same articles, none of them withdrawn or pruned. */
async function isSnapshotCurrent(db: Database, { items }: StoredSnapshot): Promise<boolean> {
  const hashes = items.flatMap(([, , , keyHashes]) => splitHashes(keyHashes));
  const found = await findRefsByHash(db, hashes);
  const leads = ([, ref, , keyHashes]: ItemRow) =>
    keyHashes !== '' && splitHashes(keyHashes).every((hash) => found.get(hash) === ref);
  if (!items.every(leads)) return false;
  const intact = 'SELECT ref FROM article WHERE withdrawn IS NULL AND pruned = 0 AND ref IN';
  const refs = items.map(([, ref]) => ref);
  return (await db.allMatching(intact, refs)).length === items.length;
}

function toItem([hash, ref, claimed, , pictures, lines = '']: ItemRow): SnapshotItem {
  return {
    hash,
    ref,
    claimedPublishedAt: claimed === null ? null : new Date(claimed),
    keys: 'as before',
    pictures: splitEvery(PICTURE_KEY_LENGTH, pictures),
    lines: splitEvery(LINE_KEY_LENGTH, lines),
  };
}

function splitHashes(hashes: string): string[] {
  return splitEvery(KEY_LENGTH, hashes);
}

function splitEvery(length: number, text: string): string[] {
  return Array.from({ length: text.length / length }, (_, i) => text.slice(i * length, (i + 1) * length));
}

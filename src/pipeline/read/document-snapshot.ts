/** Snapshots of a source's last document, used to read only changed items of the next one. */
import { hash } from 'node:crypto';
import { listPictureKeys } from '../../clean/recurring-pictures.js';
import { classifyGuids } from '../../identity/are-independent.js';
import type { IdentifiedItems } from '../../identity/identified-items.js';
import type { Identified, UnchangedItem } from '../../identity/identify.js';
import type { CleanContext, DocumentSnapshot, ItemHashes, SnapshotItem } from '../../model/document.js';
import type { ReadEntry } from '../../model/source.js';
import type { ReadResult } from './reader/read-document.js';

/** Covers everything except the document that affects how an unchanged item is read. Furniture does not. */
export function hashRules(rules: string, { furniture: _, ...context }: CleanContext): string {
  return hash('sha1', JSON.stringify([rules, context]), 'base64url').slice(0, 16);
}

export function listItemHashes({ envelopeHash, items }: DocumentSnapshot): ItemHashes {
  return { envelopeHash, items: items.map(({ hash }) => hash) };
}

/** Items that were not read because they are unchanged; null: one cannot be matched. */
export function findUnchangedItems(
  document: ReadResult,
  snapshot: DocumentSnapshot,
  lastRead: readonly ReadEntry[],
): readonly UnchangedItem[] | null {
  const read = new Set(document.drafts.map(({ place }) => place));
  const items = new Map(snapshot.items.map((item) => [item.hash, item]));
  const dates = new Map(lastRead.map(({ ref, publishedAt }) => [ref, publishedAt]));
  const unchanged: UnchangedItem[] = [];
  for (const [place, hash] of (document.hashes?.items ?? []).entries()) {
    if (read.has(place)) continue;
    const item = items.get(hash);
    const publishedAt = item && dates.get(item.ref);
    if (item === undefined || publishedAt === undefined) return null;
    const { ref, claimedPublishedAt, pictures, lines } = item;
    unchanged.push({ place, ref, publishedAt, claimedPublishedAt, pictures, lines });
  }
  return unchanged;
}

export interface DocumentReading {
  readonly document: ReadResult;
  readonly seen: IdentifiedItems;
  readonly unchanged: readonly UnchangedItem[];
  readonly rulesHash: string;
  /** Whether unchanged items have guids; null: all items were read. */
  readonly guids: 'all' | 'none' | null;
}

/** null: the next document must be read completely, because this one is irregular or has indistinguishable items. */
export function createSnapshot(
  { document, seen, unchanged, rulesHash, guids: guidsOfUnchanged }: DocumentReading,
  found: Pick<Identified, 'items'>,
  bodyHash: string,
): DocumentSnapshot | null {
  const { drafts, hashes } = document;
  const guids = guidsOfUnchanged ?? classifyGuids(seen, drafts.length);
  if (hashes === null || guids === null || drafts.length + unchanged.length < hashes.items.length) return null;
  const items: SnapshotItem[] = [];
  for (const { place, ref, claimedPublishedAt, pictures, lines } of unchanged) {
    items[place] = { hash: hashes.items[place]!, ref, claimedPublishedAt, keys: 'as before', pictures, lines };
  }
  for (const { item, ref } of found.items) {
    const { claimedPublishedAt, place } = item.draft;
    const { lines } = item.draft;
    const pictures = listPictureKeys(item.draft);
    items[place] = { hash: hashes.items[place]!, ref, claimedPublishedAt, keys: item.keys, pictures, lines };
  }
  // Skipped items must be examined again.
  if (unchanged.length + found.items.length < hashes.items.length) return null;
  return { bodyHash, rulesHash, envelopeHash: hashes.envelopeHash, guids, items };
}

/** The snapshot of a source's last document: the next one need only be read where it differs. */
import { hash } from 'node:crypto';
import { guidsOf } from '../../identity/are-independent.js';
import type { IdentifiedItems } from '../../identity/identified-items.js';
import type { Identified, UnchangedItem } from '../../identity/identify.js';
import type { CleanContext, DocumentSnapshot, ItemHashes, SnapshotItem } from '../../model/document.js';
import type { ReadEntry } from '../../model/source.js';
import type { ReadResult } from '../reader/read-document.js';

/** Changes with all that the reading of an item depends on, beside the document. */
export function rulesHashOf(rules: string, context: CleanContext): string {
  return hash('sha1', JSON.stringify([rules, context]), 'base64url').slice(0, 16);
}

export function itemHashesOf({ envelopeHash, items }: DocumentSnapshot): ItemHashes {
  return { envelopeHash, items: items.map(({ hash }) => hash) };
}

/** The items that were not read, since they are those of the last document; null where one of them cannot be told. */
export function unchangedItemsIn(
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
    unchanged.push({ place, ref: item.ref, publishedAt, claimedPublishedAt: item.claimedPublishedAt });
  }
  return unchanged;
}

/** What reading a document gave: its changed items identified, and the unchanged ones. */
export interface DocumentReading {
  readonly document: ReadResult;
  readonly seen: IdentifiedItems;
  readonly unchanged: readonly UnchangedItem[];
  readonly rulesHash: string;
  /** Which of the unchanged items have guids; null: all items were read. */
  readonly guids: 'all' | 'none' | null;
}

/**
 * Null where the next document must be read whole: something is odd about this one, or its items cannot be told apart.
 */
export function snapshotOf(
  { document, seen, unchanged, rulesHash, guids: guidsOfUnchanged }: DocumentReading,
  found: Pick<Identified, 'items'>,
  bodyHash: string,
): DocumentSnapshot | null {
  const { drafts, hashes } = document;
  const guids = guidsOfUnchanged ?? guidsOf(seen, drafts.length);
  if (hashes === null || guids === null || drafts.length + unchanged.length < hashes.items.length) return null;
  const items: SnapshotItem[] = [];
  for (const { place, ref, claimedPublishedAt } of unchanged) {
    items[place] = { hash: hashes.items[place]!, ref, claimedPublishedAt, keys: 'as before' };
  }
  for (const { item, ref } of found.items) {
    const { claimedPublishedAt, place } = item.draft;
    items[place] = { hash: hashes.items[place]!, ref, claimedPublishedAt, keys: item.keys };
  }
  return { bodyHash, rulesHash, envelopeHash: hashes.envelopeHash, guids, items };
}

/** What stood in a source's last document, and is remembered of this one: so that the next need only be read where it differs. */
import { hash } from 'node:crypto';
import { guidsOf } from '../../identity/are-independent.js';
import type { IdentifiedItems } from '../../identity/identified-items.js';
import type { Identified, UnchangedItem } from '../../identity/identify.js';
import type { ArticleRef } from '../../model/article.js';
import type { CleanContext, DocumentSnapshot, ItemHashes, SnapshotItem } from '../../model/document.js';
import type { ReadEntry } from '../../model/source.js';
import type { ReadDocument } from '../reader/read-document.js';

/** Names all that the reading of an item rests on, beside the document. */
export function rulesHashOf(rules: string, context: CleanContext): string {
  return hash('sha1', JSON.stringify([rules, context]), 'base64url').slice(0, 16);
}

export function itemHashesOf({ envelopeHash, items }: DocumentSnapshot): ItemHashes {
  return { envelopeHash, items: items.map(({ hash }) => hash) };
}

/** The items that were not read since they stood in the last document; null where one of them cannot be told. */
export function unchangedItemsIn(
  document: ReadDocument,
  memory: DocumentSnapshot,
  lastRead: readonly ReadEntry[],
): readonly UnchangedItem[] | null {
  if (document.read === 'all') return [];
  const read = new Set(document.drafts.map(({ place }) => place));
  const items = new Map(memory.items.map((item) => [item.hash, item]));
  const dates = new Map(lastRead.map(({ ref, publishedAt }) => [ref, publishedAt]));
  const unchanged: UnchangedItem[] = [];
  for (const [place, mark] of (document.hashes?.items ?? []).entries()) {
    if (read.has(place)) continue;
    const item = items.get(mark);
    const publishedAt = item && dates.get(item.ref);
    if (item === undefined || publishedAt === undefined) return null;
    unchanged.push({ place, ref: item.ref, publishedAt, claimedPublishedAt: item.claimedPublishedAt });
  }
  return unchanged;
}

/** What was learnt of a document: `seen` of its drafts, and those of its items that stand as they stood. */
export interface DocumentReading {
  readonly document: ReadDocument;
  readonly seen: IdentifiedItems;
  readonly unchanged: readonly UnchangedItem[];
  readonly rulesHash: string;
  /** Which guids those that stand have. */
  readonly guids: 'all' | 'none' | null;
}

/**
 * Null where the next document must be read whole: something is odd about this one, or its items cannot be told apart.
 * @param refs of what is new, in the order of `found.added`
 */
export function snapshotOf(
  { document, seen, unchanged, rulesHash, guids: theirs }: DocumentReading,
  found: Pick<Identified, 'items'>,
  refs: readonly ArticleRef[],
  bodyHash: string,
): DocumentSnapshot | null {
  const { drafts, hashes } = document;
  const guids = theirs ?? guidsOf(seen, drafts.length);
  if (hashes === null || guids === null || drafts.length + unchanged.length < hashes.items.length) return null;
  const items: SnapshotItem[] = [];
  for (const { place, ref, claimedPublishedAt } of unchanged) {
    items[place] = { hash: hashes.items[place]!, ref, claimedPublishedAt, keys: 'as before' };
  }
  let next = 0;
  for (const { item, ref } of found.items) {
    const { claimedPublishedAt, place } = item.draft;
    items[place] = { hash: hashes.items[place]!, ref: ref ?? refs[next++]!, claimedPublishedAt, keys: item.keys };
  }
  return { bodyHash, rulesHash, envelopeHash: hashes.envelopeHash, guids, items };
}

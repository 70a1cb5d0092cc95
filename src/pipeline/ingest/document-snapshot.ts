/** What stood in a source's last document, and is remembered of this one: so that the next need only be read where it differs. */
import { hash } from 'node:crypto';
import { guidsOf } from '../../identity/are-independent.js';
import type { Sightings } from '../../identity/identified-items.js';
import type { Identified, Standing } from '../../identity/identify.js';
import type { ArticleRef } from '../../model/article.js';
import type { CleanContext, DocumentMemory, Marks, RememberedItem } from '../../model/document.js';
import type { ReadEntry } from '../../model/source.js';
import type { ReadDocument } from '../reader/read-document.js';

/** Names all that the reading of an item rests on, beside the document. */
export function fingerprintOf(rules: string, context: CleanContext): string {
  return hash('sha1', JSON.stringify([rules, context]), 'base64url').slice(0, 16);
}

export function marksOf({ outside, items }: DocumentMemory): Marks {
  return { outside, items: items.map(({ mark }) => mark) };
}

/** The items that were not read since they stood in the last document; null where one of them cannot be told. */
export function standingIn(
  document: ReadDocument,
  memory: DocumentMemory,
  lastRead: readonly ReadEntry[],
): readonly Standing[] | null {
  if (document.read === 'all') return [];
  const read = new Set(document.drafts.map(({ place }) => place));
  const items = new Map(memory.items.map((item) => [item.mark, item]));
  const dates = new Map(lastRead.map(({ ref, publishedAt }) => [ref, publishedAt]));
  const standing: Standing[] = [];
  for (const [place, mark] of (document.marks?.items ?? []).entries()) {
    if (read.has(place)) continue;
    const item = items.get(mark);
    const publishedAt = item && dates.get(item.ref);
    if (item === undefined || publishedAt === undefined) return null;
    standing.push({ place, ref: item.ref, publishedAt, claimedPublishedAt: item.claimedPublishedAt });
  }
  return standing;
}

/** What was learnt of a document: `seen` of its drafts, and those of its items that stand as they stood. */
export interface Learnt {
  readonly document: ReadDocument;
  readonly seen: Sightings;
  readonly standing: readonly Standing[];
  readonly readBy: string;
  /** Which guids those that stand have. */
  readonly guids: 'all' | 'none' | null;
}

/**
 * Null where the next document must be read whole: something is odd about this one, or its items cannot be told apart.
 * @param refs of what is new, in the order of `found.added`
 */
export function toRemember(
  { document, seen, standing, readBy, guids: theirs }: Learnt,
  found: Pick<Identified, 'items'>,
  refs: readonly ArticleRef[],
  bodyHash: string,
): DocumentMemory | null {
  const { drafts, marks } = document;
  const guids = theirs ?? guidsOf(seen, drafts.length);
  if (marks === null || guids === null || drafts.length + standing.length < marks.items.length) return null;
  const items: RememberedItem[] = [];
  for (const { place, ref, claimedPublishedAt } of standing) {
    items[place] = { mark: marks.items[place]!, ref, claimedPublishedAt, keys: 'as before' };
  }
  let next = 0;
  for (const { sighting, ref } of found.items) {
    const { claimedPublishedAt, place } = sighting.draft;
    items[place] = { mark: marks.items[place]!, ref: ref ?? refs[next++]!, claimedPublishedAt, keys: sighting.keys };
  }
  return { bodyHash, readBy, outside: marks.outside, guids, items };
}

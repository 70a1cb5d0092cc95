/** Composes the parts of head and archive documents other than entries. */
import type { ArchivePlace, ChannelFrame, DeletedEntry, Entry } from '../model/channel.js';
import { findChangeDate } from '../model/revision.js';
import type { ChannelMetadata } from './channel-metadata.js';

const DAY = 86_400_000;
const TOMBSTONE_DAYS = 30;
const COMMENTS = { publisher: 'Withdrawn by its publisher', section: 'No longer shown here' };

/** Whether a tombstone's comment shows that the section hid the article. */
export function isSectionComment(comment: string | undefined): boolean {
  return comment === COMMENTS.section;
}

/** The date from which withdrawals have tombstones (RFC 6721). */
export function tombstonesSince(now: Date): Date {
  return new Date(now.getTime() - TOMBSTONE_DAYS * DAY);
}

/** Newest first, without articles that the same document shows. */
export function tombstones(
  gone: readonly { readonly id: string; readonly at: Date; readonly by: 'publisher' | 'section' }[],
  shown: readonly { readonly id: string }[],
  limit: number,
): DeletedEntry[] {
  if (gone.length === 0) return [];
  const present = new Set(shown.map(({ id }) => id));
  return gone
    .filter(({ id }) => !present.has(id))
    .slice(0, limit)
    .map(({ id, at, by }) => ({ id, when: at, comment: COMMENTS[by] }));
}

type Dated = Pick<Entry, 'publishedAt' | 'updatedAt'>;

/** `entries`: those that fit (see `fitHead`). An empty head keeps its last date. */
export function composeHead(
  metadata: ChannelMetadata,
  entries: readonly Dated[],
  about: { readonly tombstones: readonly DeletedEntry[]; readonly lastArchive: number | null; readonly lastDate: Date },
): ChannelFrame {
  return {
    ...metadata,
    updatedAt: newestChange(entries) ?? about.lastDate,
    archive: { number: null, previous: about.lastArchive, next: null },
    tombstones: about.tombstones,
  };
}

/** Without a hub, because an archive does not announce news. */
export function composeArchive(
  metadata: ChannelMetadata,
  entries: readonly Dated[],
  place: ArchivePlace & { readonly number: number },
  lastDate: Date,
): ChannelFrame {
  return {
    ...metadata,
    hub: null,
    updatedAt: newestChange(entries) ?? lastDate,
    archive: place,
    tombstones: [],
  };
}

/** The latest change among entries; null: no entries. */
export function newestChange(entries: readonly Dated[]): Date | null {
  let found: Date | null = null;
  for (const entry of entries) {
    const changed = findChangeDate(entry);
    if (found === null || changed.getTime() > found.getTime()) found = changed;
  }
  return found;
}

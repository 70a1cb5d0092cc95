/** Channels in print order: their heads, what leaves them, their archives. */
import type { ArticleRef } from '../../model/article.js';
import type { ChannelPath } from '../../model/channel.js';
import type { Store } from '../../ports/store/store.js';
import type { Sync } from '../promised.js';
import { bulkFind, bulkInsert } from './bulk.js';
import type { Connection } from './connection.js';
import { ARCHIVED, HIDDEN } from './members.js';
import type { PlacingParts } from './placing.js';
import { dateOrNull } from './shelf.js';

type Reads = Sync<
  Pick<
    Store,
    'placesOf' | 'channels' | 'head' | 'headRefs' | 'leaving' | 'archived' | 'archivedRefs' | 'shown' | 'withdrawnFrom'
  >
>;
type Writes = Sync<Pick<Store, 'archive' | 'saveChannelDates' | 'dropChannels'>>;

interface Ordered {
  readonly ord: string;
  readonly ref: ArticleRef;
}

export function channelReads({ db, shelf, members }: PlacingParts): Reads {
  const number = '(SELECT n FROM channel WHERE path = ?)';
  const facts = db.prepare<{ path: string; members: number; archived: number; updated: number | null }>(
    'SELECT path, members, archived, updated FROM channel ORDER BY path',
  );
  const newest = openHeads(db);
  const leaving = db.prepare<{ ref: number }>(
    `SELECT ref FROM member WHERE channel = ${number} AND state = 0 AND ord > ? ORDER BY ord DESC`,
  );
  const archived = db.prepare<{ ref: number }>(
    `SELECT ref FROM archive WHERE channel = ${number} AND spot >= ? AND spot < ? ORDER BY spot`,
  );
  const withdrawn = db.prepare<{ id: string; withdrawn: number }>(
    `SELECT id, withdrawn FROM member JOIN article USING (ref)
     WHERE channel = ${number} AND state IN (${HIDDEN}, ${HIDDEN | ARCHIVED}) AND withdrawn >= ?
     ORDER BY withdrawn DESC, id`,
  );
  const refs = (rows: readonly { ref: number }[]) => rows.map(({ ref }) => ref);
  return {
    channels: () =>
      facts.all().map(({ path, updated, ...counts }) => ({ channel: path, ...counts, updatedAt: dateOrNull(updated) })),
    head: (channel, limit) => shelf.minted(newest(channel, limit), 'shown'),
    headRefs: newest,
    leaving: (channel, order) => refs(leaving.all(channel, order ?? '')),
    placesOf: (ref) => {
      const row = shelf.row(ref);
      const places = row === undefined ? [] : members.of(row).map(({ path, spot }) => ({ channel: path, spot }));
      return places.sort((a, b) => (a.channel < b.channel ? -1 : 1));
    },
    archived: (channel, from, to) => shelf.minted(refs(archived.all(channel, from, to)), 'shown'),
    archivedRefs: (channel, from, to) => refs(archived.all(channel, from, to)),
    shown: shelf.passing,
    withdrawnFrom: (channel, since) =>
      withdrawn.all(channel, since.getTime()).map((row) => ({ id: row.id, at: new Date(row.withdrawn) })),
  };
}

/** The newest that stand in a channel, in order: of those with a spot in the archive and those without, each by index. */
export function openHeads(db: Connection): (channel: ChannelPath, limit: number) => ArticleRef[] {
  const newest = db.prepare<Ordered>(
    'SELECT ord, ref FROM member WHERE channel = (SELECT n FROM channel WHERE path = ?) AND state = ? ORDER BY ord LIMIT ?',
  );
  return (channel, limit) => {
    const standing = [...newest.all(channel, 0, limit), ...newest.all(channel, ARCHIVED, limit)];
    const ordered = standing.sort((a, b) => (a.ord < b.ord ? -1 : 1));
    return ordered.slice(0, limit).map(({ ref }) => ref);
  };
}

export function channelWrites({ db, members, dirtBook }: PlacingParts): Writes {
  const archived = db.prepare<{ archived: number }>('SELECT archived FROM channel WHERE n = ?');
  const setArchived = db.prepare('UPDATE channel SET archived = ? WHERE n = ?');
  const setDate = db.prepare('UPDATE channel SET updated = ? WHERE n = ?');
  const drop = db.prepare('DELETE FROM channel WHERE path = ?');
  const clean = db.prepare('DELETE FROM dirty WHERE channel = ?');

  const placed = bulkFind<{ ref: ArticleRef; ord: string; hidden: number }>(
    db,
    'SELECT ref, ord, hidden FROM article WHERE ord IS NOT NULL AND ref IN',
  );
  const give = db.prepare(
    'UPDATE member SET state = ?, spot = ? WHERE channel = ? AND state = ? AND ord = ? AND ref = ?',
  );
  const fill = bulkInsert(db, { into: 'INSERT INTO archive (channel, spot, ref)', columns: 3 });

  /** Gives the next spot to each that stands in the channel without one; returns how many got one. */
  function append(channel: number, refs: readonly ArticleRef[], first: number): number {
    const rows = new Map(placed(refs).map((row) => [row.ref, row]));
    const given: [channel: number, spot: number, ref: ArticleRef][] = [];
    for (const ref of new Set(refs)) {
      const row = rows.get(ref);
      if (row === undefined) continue;
      const state = row.hidden * HIDDEN;
      const spot = first + given.length;
      if (give.run(state | ARCHIVED, spot, channel, state, row.ord, ref) > 0) given.push([channel, spot, ref]);
    }
    fill(given);
    return given.length;
  }
  function archive(path: ChannelPath, refs: readonly ArticleRef[], from: number): number {
    return dirtBook.during((dirt) => {
      const channel = members.number(path);
      const first = Math.max(archived.get(channel)!.archived, from);
      const next = first + append(channel, refs, first);
      setArchived.run(next, channel);
      dirt.grow(path, first, next);
      return first;
    });
  }
  return {
    archive: (channel, refs, from = 0) => db.write(() => archive(channel, refs, from)),
    saveChannelDates: (dates) =>
      db.write(() => {
        for (const { channel, updatedAt } of dates) setDate.run(updatedAt.getTime(), members.number(channel));
      }),
    dropChannels: (channels) =>
      db.write(() => {
        for (const channel of channels) {
          drop.run(channel);
          clean.run(channel);
        }
      }),
  };
}

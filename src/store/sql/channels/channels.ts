/** Stores channels: heads, articles that left them, archives. */
import type { ArticleId, ArticleRef } from '../../../model/article.js';
import type { ChannelPath } from '../../../model/channel.js';
import type { Store } from '../../../ports/store/store.js';
import type { Connection } from '../../sqlite/connection.js';
import type { Sync } from '../../to-async.js';
import { dateOrNull, type StandingRow, selectRefs, standingRows } from '../articles/read-articles.js';
import { insertRows } from '../bulk.js';
import { markGrowth } from './dirty.js';
import { countNewer, headRefs, neighboursOf } from './head.js';
import { channelNumber, STATE_ARCHIVED, STATE_HIDDEN } from './members.js';

type ChannelReads = Pick<
  Store,
  'channels' | 'head' | 'neighbours' | 'countNewer' | 'leaving' | 'archived' | 'withdrawnFrom'
>;

const CHANNEL_NUMBER = '(SELECT n FROM channel WHERE path = ?)';

/** Since when no reader sees an article: withdrawn and removed by its publisher, or hidden by the section, whichever was first. */
const GONE_SINCE = `min(coalesce(hidden_at, withdrawn), coalesce(CASE removed WHEN 1 THEN withdrawn END, hidden_at))`;

export function channelReads(db: Connection): Sync<ChannelReads> {
  return {
    channels: () =>
      db
        .all<{ path: ChannelPath; members: number; archived: number; updated: number | null }>(
          'SELECT path, members, archived, updated FROM channel ORDER BY path',
        )
        .map(({ path, updated, ...counts }) => ({ channel: path, ...counts, updatedAt: dateOrNull(updated) })),
    head: (channel, limit) => headRefs(db, channel, limit),
    neighbours: (...asked) => neighboursOf(db, ...asked),
    countNewer: (order) => countNewer(db, order),
    leaving: (channel, order) => {
      const leaving = `SELECT ref FROM member WHERE channel = ${CHANNEL_NUMBER} AND state = 0 AND ord > ? ORDER BY ord DESC`;
      return selectRefs(db, leaving, channel, order ?? '');
    },
    archived: (channel, from, to) => {
      const archived = `SELECT ref FROM archive WHERE channel = ${CHANNEL_NUMBER} AND spot >= ? AND spot < ? ORDER BY spot`;
      return selectRefs(db, archived, channel, from, to);
    },
    withdrawnFrom: (channel, since) => {
      const withdrawn = `SELECT id, hidden_by, ${GONE_SINCE} AS at FROM member JOIN article USING (ref)
        WHERE channel = ${CHANNEL_NUMBER} AND state IN (${STATE_HIDDEN}, ${STATE_HIDDEN | STATE_ARCHIVED}) AND at >= ?
        ORDER BY at DESC, id`;
      const rows = db.all<{ id: ArticleId; hidden_by: string | null; at: number }>(withdrawn, channel, since.getTime());
      return rows.map(({ id, hidden_by, at }) => ({
        id,
        at: new Date(at),
        by: hidden_by === null ? 'publisher' : 'section',
      }));
    },
  };
}

export function channelWrites(db: Connection): Sync<Pick<Store, 'archive' | 'saveChannelDates' | 'dropChannels'>> {
  return {
    archive: (channel, refs, from = 0) => db.write(() => appendToArchive(db, channel, refs, from)),
    saveChannelDates: (dates) =>
      db.write(() => {
        for (const { channel, updatedAt } of dates) {
          db.run('UPDATE channel SET updated = ? WHERE n = ?', updatedAt.getTime(), channelNumber(db, channel));
        }
      }),
    dropChannels: (channels) =>
      db.write(() => {
        for (const channel of channels) {
          db.run('DELETE FROM channel WHERE path = ?', channel);
          db.run('DELETE FROM dirty WHERE channel = ?', channel);
        }
      }),
  };
}

/** Gives archive places to the articles of the channel that have none; returns the first place. */
function appendToArchive(db: Connection, path: ChannelPath, refs: readonly ArticleRef[], from: number): number {
  const channel = channelNumber(db, path);
  const { archived } = db.get<{ archived: number }>('SELECT archived FROM channel WHERE n = ?', channel)!;
  const first = Math.max(archived, from);
  const rows = standingRows(db, refs);
  const given: [channel: number, spot: number, ref: ArticleRef][] = [];
  for (const ref of refs) {
    const spot = first + given.length;
    if (giveSpot(db, channel, rows.get(ref), spot)) given.push([channel, spot, ref]);
  }
  insertRows(db, 'INSERT INTO archive (channel, spot, ref)', given);
  const next = first + given.length;
  db.run('UPDATE channel SET archived = ? WHERE n = ?', next, channel);
  markGrowth(db, path, first, next);
  return first;
}

/** Returns whether the article is in the channel and had no place yet. */
function giveSpot(db: Connection, channel: number, row: StandingRow | undefined, spot: number): boolean {
  if (row === undefined || row.ord === null) return false;
  const state = row.hidden * STATE_HIDDEN;
  const give = 'UPDATE member SET state = ?, spot = ? WHERE channel = ? AND state = ? AND ord = ? AND ref = ?';
  return db.run(give, state | STATE_ARCHIVED, spot, channel, state, row.ord, row.ref) > 0;
}

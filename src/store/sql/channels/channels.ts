/** Stores channels: heads, archives and removed articles. */
import type { ArticleId, ArticleRef } from '../../../model/article.js';
import type { ChannelPath } from '../../../model/channel.js';
import type { Store } from '../../../ports/store/store.js';
import { selectRefs, toDateOrNull } from '../articles/read-articles.js';
import { insertRows } from '../bulk.js';
import type { Database } from '../database.js';
import { markGrowth } from '../dirty.js';
import { readHeadRefs, readNeighbours } from '../head.js';
import { ensureChannelNumber, ensureChannelNumbers, type Member, STATE_ARCHIVED, STATE_HIDDEN } from '../members.js';

const CHANNEL_NUMBER = '(SELECT n FROM channel WHERE path = ?)';

/** When readers last saw an article: until it was withdrawn and removed, or hidden by the section, whichever came first. */
const WITHDRAWN = `SELECT id, hidden_by, CASE WHEN either < other THEN either ELSE other END AS gone FROM (
  SELECT id, hidden_by, coalesce(hidden_at, withdrawn) AS either,
    coalesce(CASE removed WHEN 1 THEN withdrawn END, hidden_at) AS other
  FROM member JOIN article USING (ref)
  WHERE channel = ${CHANNEL_NUMBER} AND state IN (${STATE_HIDDEN}, ${STATE_HIDDEN | STATE_ARCHIVED})) AS hidden_members`;

export function channelMethods(db: Database) {
  return {
    channels: async () => {
      const rows = await db.all<{ path: ChannelPath; members: number; archived: number; updated: number | null }>(
        'SELECT path, members, archived, updated FROM channel ORDER BY path',
      );
      return rows.map(({ path, updated, ...counts }) => ({
        channel: path,
        ...counts,
        updatedAt: toDateOrNull(updated),
      }));
    },
    head: (channel, limit) => readHeadRefs(db, channel, limit),
    neighbours: (...asked) => readNeighbours(db, ...asked),
    countNewer: async (order) => {
      // Each count reads one index range.
      const count = (state: number) =>
        `(SELECT count(*) FROM member WHERE channel = n AND state = ${state} AND ord < ?)`;
      const counts = `SELECT path, ${count(0)} + ${count(STATE_ARCHIVED)} AS count FROM channel ORDER BY path`;
      const rows = await db.all<{ path: ChannelPath; count: number }>(counts, order, order);
      return new Map(rows.map((row) => [row.path, row.count]));
    },
    leaving: (channel, order) => {
      const leaving = `SELECT ref FROM member WHERE channel = ${CHANNEL_NUMBER} AND state = 0 AND ord > ? ORDER BY ord DESC`;
      return selectRefs(db, leaving, channel, order ?? '');
    },
    archived: (channel, from, to) => {
      const archived = `SELECT ref FROM archive WHERE channel = ${CHANNEL_NUMBER} AND spot >= ? AND spot < ? ORDER BY spot`;
      return selectRefs(db, archived, channel, from, to);
    },
    listWithdrawn: async (channel, since) => {
      const withdrawn = `SELECT id, hidden_by, gone FROM (${WITHDRAWN}) AS withdrawn WHERE gone >= ? ORDER BY gone DESC, id`;
      const rows = await db.all<{ id: ArticleId; hidden_by: string | null; gone: number }>(
        withdrawn,
        channel,
        since.getTime(),
      );
      return rows.map(({ id, hidden_by, gone }) => ({
        id,
        at: new Date(gone),
        by: hidden_by === null ? 'publisher' : 'section',
      }));
    },
    archive: (path, refs, from = 0) =>
      db.write(async () => {
        const channel = await ensureChannelNumber(db, path);
        const select = 'SELECT archived FROM channel WHERE n = ?';
        const first = Math.max((await db.get<{ archived: number }>(select, channel))!.archived, from);
        const entering = await findUnarchivedMembers(db, channel, refs);
        const give = 'UPDATE member SET state = ?, spot = ? WHERE channel = ? AND state = ? AND ord = ? AND ref = ?';
        entering.forEach(({ ref, ord, state }, i) => {
          db.run(give, state | STATE_ARCHIVED, first + i, channel, state, ord, ref);
        });
        const rows = entering.map(({ ref }, i) => [channel, first + i, ref]);
        await insertRows(db, 'archive (channel, spot, ref)', rows);
        const next = first + entering.length;
        db.run('UPDATE channel SET archived = ? WHERE n = ?', next, channel);
        markGrowth(db, path, first, next);
        return first;
      }),
    saveChannelDates: (dates) =>
      db.write(async () => {
        const paths = dates.map(({ channel }) => channel);
        const numbers = await ensureChannelNumbers(db, paths);
        for (const { channel, updatedAt } of dates)
          db.run('UPDATE channel SET updated = ? WHERE n = ?', updatedAt.getTime(), numbers.get(channel)!);
      }),
    dropChannels: (channels) =>
      db.write(async () => {
        for (const path of channels) {
          for (const table of ['member', 'archive'])
            db.run(`DELETE FROM ${table} WHERE channel = ${CHANNEL_NUMBER}`, path);
          db.run('DELETE FROM channel WHERE path = ?', path);
          db.run('DELETE FROM dirty WHERE channel = ?', path);
        }
      }),
  } satisfies Partial<Store>;
}

type Entering = Pick<Member, 'ref' | 'ord' | 'state'>;

/** In the order of `refs`. */
async function findUnarchivedMembers(
  db: Database,
  channel: number,
  refs: readonly ArticleRef[],
): Promise<readonly Entering[]> {
  const without = `SELECT member.ref, member.ord, member.state FROM article CROSS JOIN member WHERE member.channel = ?
    AND member.state = hidden * ${STATE_HIDDEN} AND member.ord = article.ord AND member.ref = article.ref AND article.ref IN`;
  const found = new Map((await db.allMatching<Entering>(without, refs, channel)).map((row) => [row.ref, row]));
  return refs.flatMap((ref) => found.get(ref) ?? []);
}

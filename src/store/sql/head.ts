/** Reads the articles of a channel around a position, merging the index ranges of archived and other members. */
import type { ArticleRef } from '../../model/article.js';
import type { ChannelPath } from '../../model/channel.js';
import type { Store } from '../../ports/store/store.js';
import type { Database } from './database.js';
import { STATE_ARCHIVED, STATE_HIDDEN } from './members.js';

const RANGES = {
  older: 'ord > ? ORDER BY ord LIMIT ?',
  newer: 'ord < ? ORDER BY ord DESC LIMIT ?',
};

const VISIBLE = [0, STATE_ARCHIVED];
const HIDDEN = [STATE_HIDDEN, STATE_HIDDEN | STATE_ARCHIVED];
/** Hidden by the section and not withdrawn. */
const BY_SECTION =
  'AND ref IN (SELECT ref FROM article WHERE article.ref = member.ref AND hidden_by IS NOT NULL AND removed = 0)';

type Neighbour = Awaited<ReturnType<Store['neighbours']>>[number];

/** Nearest first. */
export async function readNeighbours(
  db: Database,
  ...[channel, order, side, limit, which = 'visible']: Parameters<Store['neighbours']>
): Promise<Neighbour[]> {
  const states = which === 'visible' ? VISIBLE : [...VISIBLE, ...HIDDEN];
  const ranges = states.map((state) => {
    const condition = `state = ${state} ${HIDDEN.includes(state) ? BY_SECTION : ''}`;
    return `SELECT * FROM (SELECT ord AS "order", ref FROM member
      WHERE channel = (SELECT n FROM channel WHERE path = ?) AND ${condition} AND ${RANGES[side]}) AS range_${state}`;
  });
  const found = await db.all<Neighbour>(ranges.join(' UNION ALL '), ...states.flatMap(() => [channel, order, limit]));
  const sign = side === 'older' ? 1 : -1;
  return found.sort((a, b) => (a.order < b.order ? -sign : sign)).slice(0, limit);
}

export async function readHeadRefs(db: Database, channel: ChannelPath, limit: number): Promise<ArticleRef[]> {
  return (await readNeighbours(db, channel, '', 'older', limit)).map(({ ref }) => ref);
}

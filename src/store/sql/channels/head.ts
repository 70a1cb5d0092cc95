/** Reads the articles of a channel around a position: archived and other members are separate index ranges, merged here. */
import type { ArticleRef } from '../../../model/article.js';
import type { ChannelPath } from '../../../model/channel.js';
import type { Store } from '../../../ports/store/store.js';
import type { Database } from '../database.js';
import { STATE_ARCHIVED, STATE_HIDDEN } from './members.js';

const RANGES = {
  older: 'ord > ? ORDER BY ord LIMIT ?',
  newer: 'ord < ? ORDER BY ord DESC LIMIT ?',
};

const VISIBLE = [0, STATE_ARCHIVED];
const HIDDEN = [STATE_HIDDEN, STATE_HIDDEN | STATE_ARCHIVED];
/** Hidden by the section, and not withdrawn. */
const BY_SECTION =
  'ref IN (SELECT ref FROM article WHERE article.ref = member.ref AND hidden_by IS NOT NULL AND removed = 0)';

/** Nearest first. */
export async function neighboursOf(
  db: Database,
  ...[channel, order, side, limit, which = 'visible']: Parameters<Store['neighbours']>
): Promise<Awaited<ReturnType<Store['neighbours']>>> {
  const range = (condition: string) => `SELECT ord AS "order", ref FROM member
    WHERE channel = (SELECT n FROM channel WHERE path = ?) AND state = ? AND ${condition} AND ${RANGES[side]}`;
  const inStates = async (states: readonly number[], condition: string) => {
    const sets = states.map((state) => [channel, state, order, limit]);
    return (await db.allOfEach<FoundNeighbour>(range(condition), sets)).flat();
  };
  const found = [
    ...(await inStates(VISIBLE, 'TRUE')),
    ...(which === 'visible' ? [] : await inStates(HIDDEN, BY_SECTION)),
  ];
  const sign = side === 'older' ? 1 : -1;
  return found.sort((a, b) => (a.order < b.order ? -sign : sign)).slice(0, limit);
}

interface FoundNeighbour {
  readonly ref: ArticleRef;
  readonly order: string;
}

/** The newest articles, in order. */
export async function headRefs(db: Database, channel: ChannelPath, limit: number): Promise<ArticleRef[]> {
  return (await neighboursOf(db, channel, '', 'older', limit)).map(({ ref }) => ref);
}

/** Each channel is an index range a state. */
export async function countNewer(db: Database, order: string): Promise<Map<ChannelPath, number>> {
  const counts = VISIBLE.map(
    (state) => `(SELECT count(*) FROM member WHERE channel = n AND state = ${state} AND ord < ?)`,
  );
  const rows = await db.all<{ path: ChannelPath; count: number }>(
    `SELECT path, ${counts.join(' + ')} AS count FROM channel ORDER BY path`,
    ...VISIBLE.map(() => order),
  );
  return new Map(rows.map(({ path, count }) => [path, count]));
}

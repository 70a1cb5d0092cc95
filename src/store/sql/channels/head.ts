/** Reads the articles of a channel around a position: archived and other members are separate index ranges, merged here. */
import type { ArticleRef } from '../../../model/article.js';
import type { ChannelPath } from '../../../model/channel.js';
import type { Store } from '../../../ports/store/store.js';
import type { Connection } from '../../sqlite/connection.js';
import type { Sync } from '../../to-async.js';
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
export function neighboursOf(
  db: Connection,
  ...[channel, order, side, limit, which = 'visible']: Parameters<Store['neighbours']>
): ReturnType<Sync<Store>['neighbours']> {
  const range = (condition: string) => `SELECT ord AS "order", ref FROM member
    WHERE channel = (SELECT n FROM channel WHERE path = ?) AND state = ? AND ${condition} AND ${RANGES[side]}`;
  const inStates = (states: readonly number[], condition: string) =>
    states.flatMap((state) => db.all<FoundNeighbour>(range(condition), channel, state, order, limit));
  const found = [...inStates(VISIBLE, 'TRUE'), ...(which === 'visible' ? [] : inStates(HIDDEN, BY_SECTION))];
  const sign = side === 'older' ? 1 : -1;
  return found.sort((a, b) => (a.order < b.order ? -sign : sign)).slice(0, limit);
}

interface FoundNeighbour {
  readonly ref: ArticleRef;
  readonly order: string;
}

/** The newest articles, in order. */
export function headRefs(db: Connection, channel: ChannelPath, limit: number): ArticleRef[] {
  return neighboursOf(db, channel, '', 'older', limit).map(({ ref }) => ref);
}

/** Each channel is an index range a state. */
export function countNewer(db: Connection, order: string): Map<ChannelPath, number> {
  const counts = VISIBLE.map(
    (state) => `(SELECT count(*) FROM member WHERE channel = n AND state = ${state} AND ord < ?)`,
  );
  const rows = db.all<{ path: ChannelPath; count: number }>(
    `SELECT path, ${counts.join(' + ')} AS count FROM channel`,
    ...VISIBLE.map(() => order),
  );
  return new Map(rows.map(({ path, count }) => [path, count]));
}

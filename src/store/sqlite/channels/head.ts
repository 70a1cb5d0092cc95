/** Reads the articles of a channel around a position: archived and other members are separate index ranges, merged here. */
import type { ArticleRef } from '../../../model/article.js';
import type { ChannelPath } from '../../../model/channel.js';
import type { Store } from '../../../ports/store/store.js';
import type { Sync } from '../../to-async.js';
import type { Connection } from '../connection.js';
import { STATE_ARCHIVED } from './members.js';

const RANGES = {
  older: 'ord > ? ORDER BY ord LIMIT ?',
  newer: 'ord < ? ORDER BY ord DESC LIMIT ?',
};

/** Nearest first. */
export function neighboursOf(
  db: Connection,
  ...[channel, order, side, limit]: Parameters<Store['neighbours']>
): ReturnType<Sync<Store>['neighbours']> {
  const range = `SELECT ord AS "order", ref FROM member
    WHERE channel = (SELECT n FROM channel WHERE path = ?) AND state = ? AND ${RANGES[side]}`;
  const found = [0, STATE_ARCHIVED].flatMap((state) =>
    db.all<{ ref: ArticleRef; order: string }>(range, channel, state, order, limit),
  );
  const sign = side === 'older' ? 1 : -1;
  return found.sort((a, b) => (a.order < b.order ? -sign : sign)).slice(0, limit);
}

/** The newest articles, in order. */
export function headRefs(db: Connection, channel: ChannelPath, limit: number): ArticleRef[] {
  return neighboursOf(db, channel, '', 'older', limit).map(({ ref }) => ref);
}

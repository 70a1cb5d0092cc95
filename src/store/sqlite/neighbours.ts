/** What stands beside an article in a channel, found by index. */
import type { ArticleRef } from '../../model/article.js';
import type { Store } from '../../ports/store/store.js';
import type { Sync } from '../promised.js';
import type { Connection } from './connection.js';
import { ARCHIVED } from './members.js';

interface Ordered {
  readonly ord: string;
  readonly ref: ArticleRef;
}

export function neighbourMethods(db: Connection): Sync<Pick<Store, 'neighbours'>> {
  const standing = 'SELECT ord, ref FROM member WHERE channel = (SELECT n FROM channel WHERE path = ?) AND state = ?';
  const sides = {
    older: { find: db.prepare<Ordered>(`${standing} AND ord > ? ORDER BY ord LIMIT ?`), sign: 1 },
    newer: { find: db.prepare<Ordered>(`${standing} AND ord < ? ORDER BY ord DESC LIMIT ?`), sign: -1 },
  };
  return {
    neighbours: (channel, order, side, limit) => {
      const { find, sign } = sides[side];
      // One index range for each state, as for the head.
      const found = [0, ARCHIVED].flatMap((state) => find.all(channel, state, order, limit));
      const nearest = found.sort((a, b) => (a.ord < b.ord ? -sign : sign));
      return nearest.slice(0, limit).map(({ ref, ord }) => ({ ref, order: ord }));
    },
  };
}

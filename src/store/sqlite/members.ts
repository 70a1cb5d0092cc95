/** Where articles stand: the rows of `member` and the counts of `channel`, within somebody's transaction. */
import type { ArticleRef } from '../../model/article.js';
import type { ChannelPath } from '../../model/channel.js';
import { bulkInsert } from './bulk.js';
import type { Connection } from './connection.js';
import { type ArticleRow, readList } from './shelf.js';

/** Bits of `member.state`. */
export const ARCHIVED = 1;
export const HIDDEN = 2;

export interface Member {
  readonly channel: number;
  readonly path: ChannelPath;
  readonly state: number;
  readonly ord: string;
  readonly ref: ArticleRef;
  readonly spot: number | null;
}

/** What must be known of an article to find its places. */
export type Placed = Pick<ArticleRow, 'ref' | 'ord' | 'channels'>;

export interface Members {
  /** Runs `work`, which adds and removes; then writes the counts of the channels. */
  during<T>(work: () => T): T;
  /** The channel's number, made where it is new. */
  number(path: ChannelPath): number;
  /** Every place of an article; channels that were dropped are left out. */
  of(article: Placed): Member[];
  find(channel: number, ord: string, ref: ArticleRef): Member | undefined;
  add(members: readonly Omit<Member, 'path'>[]): void;
  /** Its spot in the archive stays a gap. */
  remove(member: Member): void;
  hide(member: Member, hidden: boolean): void;
  reorder(member: Member, ord: string): void;
}

export function openMembers(db: Connection): Members {
  const number = db.prepare<{ n: number }>('SELECT n FROM channel WHERE path = ?');
  const create = db.prepare<{ n: number }>('INSERT INTO channel (path) VALUES (?) RETURNING n');
  const find = db.prepare<Member>(
    `SELECT member.*, path FROM member JOIN channel ON n = channel
     WHERE channel = ? AND state IN (0, 1, 2, 3) AND ord = ? AND ref = ?`,
  );
  const insert = bulkInsert(db, { into: 'INSERT INTO member (channel, state, ord, ref, spot)', columns: 5 });
  const erase = db.prepare('DELETE FROM member WHERE channel = ? AND state = ? AND ord = ? AND ref = ?');
  const count = db.prepare('UPDATE channel SET members = members + ? WHERE n = ?');
  const emptySpot = db.prepare('DELETE FROM archive WHERE channel = ? AND spot = ?');

  let counts = new Map<number, number>();
  function counted({ channel, state }: Pick<Member, 'channel' | 'state'>, more: 1 | -1): void {
    if (state < HIDDEN) counts.set(channel, (counts.get(channel) ?? 0) + more);
  }
  function add(members: readonly Omit<Member, 'path'>[]): void {
    insert(members.map(({ channel, state, ord, ref, spot }) => [channel, state, ord, ref, spot]));
    for (const member of members) counted(member, 1);
  }
  function take(member: Member): void {
    erase.run(member.channel, member.state, member.ord, member.ref);
    counted(member, -1);
  }
  function replace(member: Member, change: Partial<Member>): void {
    take(member);
    add([{ ...member, ...change }]);
  }
  return {
    during: (work) => {
      counts = new Map();
      const result = work();
      for (const [channel, more] of counts) count.run(more, channel);
      return result;
    },
    number: (path) => number.get(path)?.n ?? create.get(path)!.n,
    of: ({ ref, ord, channels }) => readList<number>(channels).flatMap((channel) => find.get(channel, ord!, ref) ?? []),
    find: (channel, ord, ref) => find.get(channel, ord, ref),
    add,
    remove: (member) => {
      take(member);
      if (member.spot !== null) emptySpot.run(member.channel, member.spot);
    },
    hide: (member, hidden) => replace(member, { state: (member.state & ~HIDDEN) | (hidden ? HIDDEN : 0) }),
    reorder: (member, ord) => replace(member, { ord }),
  };
}

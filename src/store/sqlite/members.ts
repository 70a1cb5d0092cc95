/** Where articles stand: the rows of `member` and the counts of `channel`, within somebody's transaction. */
import type { ArticleRef } from '../../model/article.js';
import type { ChannelPath } from '../../model/channel.js';
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

export interface Members {
  /** The channel's number, made where it is new. */
  number(path: ChannelPath): number;
  /** Every place of an article; channels that were dropped are left out. */
  of(row: ArticleRow): Member[];
  find(channel: number, ord: string, ref: ArticleRef): Member | undefined;
  add(member: Omit<Member, 'path'>): void;
  /** Its spot in the archive stays a gap. */
  remove(member: Member): void;
  move(member: Member, to: { readonly state: number; readonly spot: number | null }): void;
  reorder(member: Member, ord: string): void;
}

export function openMembers(db: Connection): Members {
  const number = db.prepare<{ n: number }>('SELECT n FROM channel WHERE path = ?');
  const create = db.prepare<{ n: number }>('INSERT INTO channel (path) VALUES (?) RETURNING n');
  const find = db.prepare<Member>(
    `SELECT member.*, path FROM member JOIN channel ON n = channel
     WHERE channel = ? AND state IN (0, 1, 2, 3) AND ord = ? AND ref = ?`,
  );
  const insert = db.prepare('INSERT INTO member (channel, state, ord, ref, spot) VALUES (?, ?, ?, ?, ?)');
  const erase = db.prepare('DELETE FROM member WHERE channel = ? AND state = ? AND ord = ? AND ref = ?');
  const count = db.prepare('UPDATE channel SET members = members + ? WHERE n = ?');
  const emptySpot = db.prepare('DELETE FROM archive WHERE channel = ? AND spot = ?');
  const fillSpot = db.prepare('INSERT INTO archive (channel, spot, ref) VALUES (?, ?, ?)');

  const shown = (state: number) => (state < HIDDEN ? 1 : 0);
  function add({ channel, state, ord, ref, spot }: Omit<Member, 'path'>): void {
    insert.run(channel, state, ord, ref, spot);
    if (shown(state)) count.run(1, channel);
  }
  function erased({ channel, state, ord, ref }: Member): void {
    erase.run(channel, state, ord, ref);
    if (shown(state)) count.run(-1, channel);
  }
  return {
    number: (path) => number.get(path)?.n ?? create.get(path)!.n,
    find: (channel, ord, ref) => find.get(channel, ord, ref),
    of: (row) => readList<number>(row.channels).flatMap((channel) => find.get(channel, row.ord!, row.ref) ?? []),
    add,
    remove: (member) => {
      erased(member);
      if (member.spot !== null) emptySpot.run(member.channel, member.spot);
    },
    move: (member, to) => {
      erased(member);
      add({ ...member, ...to });
      if (member.spot === null && to.spot !== null) fillSpot.run(member.channel, to.spot, member.ref);
    },
    reorder: (member, ord) => {
      erased(member);
      add({ ...member, ord });
    },
  };
}

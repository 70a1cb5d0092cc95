/** Reads and writes the members of channels and their counts. Writes must be made in a transaction. */
import type { ArticleRef } from '../../../model/article.js';
import type { ChannelPath } from '../../../model/channel.js';
import type { Connection } from '../../sqlite/connection.js';
import { insertRows } from '../bulk.js';

/** Bits of `member.state`. */
export const STATE_ARCHIVED = 1;
export const STATE_HIDDEN = 2;

export interface Member {
  readonly channel: number;
  readonly path: ChannelPath;
  readonly state: number;
  readonly ord: string;
  readonly ref: ArticleRef;
  readonly spot: number | null;
}

export function isVisible({ state }: Pick<Member, 'state'>): boolean {
  return state < STATE_HIDDEN;
}

/** The number of a channel, created where it is new. */
export function channelNumber(db: Connection, path: ChannelPath): number {
  const known = db.get<{ n: number }>('SELECT n FROM channel WHERE path = ?', path);
  return (known ?? db.get<{ n: number }>('INSERT INTO channel (path) VALUES (?) RETURNING n', path)!).n;
}

/** All memberships of an article, by channel path, without dropped channels. */
export function membersOf(db: Connection, ref: ArticleRef): Member[] {
  return db.all(
    `SELECT member.*, channel.path FROM article CROSS JOIN json_each(channels) CROSS JOIN channel ON n = value
       CROSS JOIN member ON channel = n AND state IN (0, 1, 2, 3) AND member.ord = article.ord AND member.ref = article.ref
     WHERE article.ref = ? ORDER BY channel.path`,
    ref,
  );
}

export function addMembers(db: Connection, members: readonly Omit<Member, 'spot'>[]): void {
  const rows = members.map(({ channel, state, ord, ref }) => [channel, state, ord, ref]);
  insertRows(db, 'INSERT INTO member (channel, state, ord, ref)', rows);
  const counts = new Map<number, number>();
  for (const { channel } of members.filter(isVisible)) counts.set(channel, (counts.get(channel) ?? 0) + 1);
  for (const [channel, more] of counts) countMembers(db, channel, more);
}

/** Its archive place stays empty. */
export function removeMember(db: Connection, member: Member): void {
  const { channel, state, ord, ref, spot } = member;
  db.run('DELETE FROM member WHERE channel = ? AND state = ? AND ord = ? AND ref = ?', channel, state, ord, ref);
  if (spot !== null) db.run('DELETE FROM archive WHERE channel = ? AND spot = ?', channel, spot);
  if (isVisible(member)) countMembers(db, channel, -1);
}

export function hideMember(db: Connection, member: Member, hidden: boolean): void {
  const state = (member.state & ~STATE_HIDDEN) | (hidden ? STATE_HIDDEN : 0);
  if (state === member.state) return;
  updateMember(db, member, { ...member, state });
  countMembers(db, member.channel, hidden ? -1 : 1);
}

export function reorderMember(db: Connection, member: Member, ord: string): void {
  updateMember(db, member, { ...member, ord });
}

function updateMember(db: Connection, { channel, state, ord, ref }: Member, to: Member): void {
  const update = 'UPDATE member SET state = ?, ord = ? WHERE channel = ? AND state = ? AND ord = ? AND ref = ?';
  db.run(update, to.state, to.ord, channel, state, ord, ref);
}

function countMembers(db: Connection, channel: number, more: number): void {
  db.run('UPDATE channel SET members = members + ? WHERE n = ?', more, channel);
}

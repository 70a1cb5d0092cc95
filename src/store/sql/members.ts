/** Reads and writes channel members and their counts. Write in a transaction. */
import type { ArticleRef } from '../../model/article.js';
import type { ChannelPath } from '../../model/channel.js';
import { insertRows } from './bulk.js';
import type { Database } from './database.js';

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

/** The numbers of channels; creates new ones. Call in a transaction. */
export async function ensureChannelNumbers(
  db: Database,
  paths: Iterable<ChannelPath>,
): Promise<ReadonlyMap<ChannelPath, number>> {
  const asked = [...new Set(paths)];
  const known = await db.allMatching<ChannelRow>('SELECT path, n FROM channel WHERE path IN', asked);
  const numbers = new Map(known.map(({ path, n }) => [path, n]));
  const fresh = asked.filter((path) => !numbers.has(path)).map((path) => [path]);
  const made = await db.allBatched<ChannelRow>('INSERT INTO channel (path) VALUES (?) RETURNING path, n', fresh);
  for (const { path, n } of made.flat()) numbers.set(path, n);
  return numbers;
}

export async function ensureChannelNumber(db: Database, path: ChannelPath): Promise<number> {
  return (await ensureChannelNumbers(db, [path])).get(path)!;
}

interface ChannelRow {
  readonly path: ChannelPath;
  readonly n: number;
}

/** Memberships of the articles, for each ordered by channel path, without dropped channels. */
export async function readMembers(db: Database, refs: readonly ArticleRef[]): Promise<Member[]> {
  const members = `SELECT member.*, channel.path
    FROM article CROSS JOIN ${db.dialect.expandNumbers('channels')} CROSS JOIN channel CROSS JOIN member
    WHERE article.ref = ? AND channel.n = CAST(item.value AS BIGINT) AND member.channel = channel.n
      AND member.state IN (0, 1, 2, 3) AND member.ord = article.ord AND member.ref = article.ref ORDER BY channel.path`;
  const found = await db.allBatched<Member>(
    members,
    refs.map((ref) => [ref]),
  );
  return found.flat();
}

export async function addMembers(db: Database, members: readonly Omit<Member, 'spot'>[]): Promise<void> {
  const rows = members.map(({ channel, state, ord, ref }) => [channel, state, ord, ref]);
  await insertRows(db, 'member (channel, state, ord, ref)', rows);
  const counts = new Map<number, number>();
  for (const { channel } of members.filter(isVisible)) counts.set(channel, (counts.get(channel) ?? 0) + 1);
  for (const [channel, more] of counts) countMembers(db, channel, more);
}

/** Its archive place becomes a gap. */
export function removeMember(db: Database, member: Member): void {
  const { channel, state, ord, ref, spot } = member;
  db.run('DELETE FROM member WHERE channel = ? AND state = ? AND ord = ? AND ref = ?', channel, state, ord, ref);
  if (spot !== null) db.run('DELETE FROM archive WHERE channel = ? AND spot = ?', channel, spot);
  if (isVisible(member)) countMembers(db, channel, -1);
}

export function hideMember(db: Database, member: Member, hidden: boolean): void {
  const state = (member.state & ~STATE_HIDDEN) | (hidden ? STATE_HIDDEN : 0);
  if (state === member.state) return;
  updateMember(db, member, { ...member, state });
  countMembers(db, member.channel, hidden ? -1 : 1);
}

export function reorderMember(db: Database, member: Member, ord: string): void {
  updateMember(db, member, { ...member, ord });
}

function updateMember(db: Database, { channel, state, ord, ref }: Member, to: Member): void {
  const update = 'UPDATE member SET state = ?, ord = ? WHERE channel = ? AND state = ? AND ord = ? AND ref = ?';
  db.run(update, to.state, to.ord, channel, state, ord, ref);
}

function countMembers(db: Database, channel: number, more: number): void {
  db.run('UPDATE channel SET members = members + ? WHERE n = ?', more, channel);
}

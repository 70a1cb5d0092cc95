/** Places articles in channels. */
import type { ArticleRef } from '../../../model/article.js';
import type { ChannelPath } from '../../../model/channel.js';
import type { Placement } from '../../../ports/store/channels.js';
import type { Store } from '../../../ports/store/store.js';
import { jsonList, type StandingRow, standingRows, unplacedArticles } from '../articles/read-articles.js';
import type { Database } from '../database.js';
import { markHead, markMember } from '../dirty.js';
import {
  addMembers,
  channelNumber,
  channelNumbers,
  isVisible,
  type Member,
  membersOf,
  removeMember,
  reorderMember,
  STATE_HIDDEN,
} from '../members.js';

export function placementMethods(db: Database) {
  return {
    unplaced: (limit, after = 0) => unplacedArticles(db, limit, after),
    place: (placements) =>
      db.write(async () => {
        const refs = placements.map(({ ref }) => ref);
        const rows = await standingRows(db, refs);
        const paths = placements.flatMap(({ channels }) => channels);
        const numbers = await channelNumbers(db, paths);
        const members = await membersByArticle(db, [...rows.values()]);
        const entering = placements.flatMap((placement) => {
          const row = rows.get(placement.ref);
          return row === undefined ? [] : placeArticle(db, row, members.get(row.ref) ?? [], placement, numbers);
        });
        await addMembers(db, entering);
        const changed = new Set(entering.filter(isVisible).map(({ path }) => path));
        for (const path of changed) markHead(db, path, 'revision');
      }),
    replaceMembers: (path, refs) =>
      db.write(async () => {
        const channel = await channelNumber(db, path);
        const wanted = new Set(refs);
        const all = 'SELECT member.*, pruned, channels FROM member JOIN article USING (ref) WHERE channel = ?';
        for (const { pruned, channels, ...row } of await db.all<PlacedMember>(all, channel)) {
          const member = { ...row, path };
          if (wanted.delete(member.ref) || !isVisible(member) || pruned === 1) continue;
          removeMember(db, member);
          const left = jsonList<number>(channels).filter((one) => one !== channel);
          db.run('UPDATE article SET channels = ? WHERE ref = ?', JSON.stringify(left), member.ref);
          markMember(db, member, 'takedown');
        }
        const rows = [...(await standingRows(db, [...wanted])).values()];
        const entering = rows.flatMap(({ ref, ord, hidden, channels }) =>
          ord === null || hidden === 1 ? [] : { channel, path, state: 0, ord, ref, channels },
        );
        await addMembers(db, entering);
        for (const { ref, channels } of entering) {
          const now = JSON.stringify([...jsonList<number>(channels), channel]);
          db.run('UPDATE article SET channels = ? WHERE ref = ?', now, ref);
        }
        if (entering.length > 0) markHead(db, path, 'revision');
      }),
    placesOf: async (ref) => (await membersOf(db, [ref])).map(({ path, spot }) => ({ channel: path, spot })),
  } satisfies Partial<Store>;
}

type PlacedMember = Omit<Member, 'path'> & { readonly pruned: number; readonly channels: string };

async function membersByArticle(
  db: Database,
  rows: readonly StandingRow[],
): Promise<ReadonlyMap<ArticleRef, readonly Member[]>> {
  const placed = rows.filter(({ channels }) => channels !== null).map(({ ref }) => ref);
  const found = new Map<ArticleRef, Member[]>(placed.map((ref) => [ref, []]));
  for (const member of await membersOf(db, placed)) found.get(member.ref)!.push(member);
  return found;
}

/** Removes the article from former channels and returns its new memberships. */
function placeArticle(
  db: Database,
  row: StandingRow,
  members: readonly Member[],
  { ref, order, channels }: Placement,
  numbers: ReadonlyMap<ChannelPath, number>,
): Omit<Member, 'spot'>[] {
  const entered = new Set(channels);
  for (const member of members) {
    const leaves = !entered.delete(member.path);
    if (!leaves && member.ord === order) continue;
    if (leaves) removeMember(db, member);
    else reorderMember(db, member, order);
    if (isVisible(member)) markMember(db, member, leaves ? 'takedown' : 'revision');
  }
  // Hidden articles keep their places but get no new ones: a tombstone would make no sense to readers who never saw them.
  if (row.hidden_by !== null) entered.clear();
  const kept = members.flatMap(({ path, channel }) => (channels.includes(path) ? channel : []));
  const state = row.hidden * STATE_HIDDEN;
  const places = [...entered].map((path) => ({ channel: numbers.get(path)!, path, state, ord: order, ref }));
  const all = JSON.stringify([...kept, ...places.map(({ channel }) => channel)]);
  db.run('UPDATE article SET unplaced = 0, ord = ?, channels = ? WHERE ref = ?', order, all, ref);
  return places;
}

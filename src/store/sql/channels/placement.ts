/** Places articles in channels. */
import type { ArticleRef } from '../../../model/article.js';
import type { ChannelPath } from '../../../model/channel.js';
import type { Placement } from '../../../ports/store/channels.js';
import type { Store } from '../../../ports/store/store.js';
import {
  type PlacementRow,
  parseJsonList,
  readPlacementRows,
  readUnplacedArticles,
} from '../articles/read-articles.js';
import type { Database } from '../database.js';
import { markHead, markMember } from '../dirty.js';
import {
  addMembers,
  ensureChannelNumber,
  ensureChannelNumbers,
  isVisible,
  type Member,
  readMembers,
  removeMember,
  reorderMember,
  STATE_HIDDEN,
} from '../members.js';

export function placementMethods(db: Database) {
  return {
    unplaced: (limit, after = 0) => readUnplacedArticles(db, limit, after),
    place: (placements) =>
      db.write(async () => {
        const refs = placements.map(({ ref }) => ref);
        const rows = await readPlacementRows(db, refs);
        const paths = placements.flatMap(({ channels }) => channels);
        const numbers = await ensureChannelNumbers(db, paths);
        const members = await groupMembers(db, [...rows.values()]);
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
        const channel = await ensureChannelNumber(db, path);
        const wanted = new Set(refs);
        const all = 'SELECT member.*, pruned, channels FROM member JOIN article USING (ref) WHERE channel = ?';
        for (const { pruned, channels, ...row } of await db.all<PlacedMember>(all, channel)) {
          const member = { ...row, path };
          if (wanted.delete(member.ref) || !isVisible(member) || pruned === 1) continue;
          removeMember(db, member);
          const left = parseJsonList<number>(channels).filter((one) => one !== channel);
          db.run('UPDATE article SET channels = ? WHERE ref = ?', JSON.stringify(left), member.ref);
          markMember(db, member, 'takedown');
        }
        const rows = [...(await readPlacementRows(db, [...wanted])).values()];
        const entering = rows.flatMap(({ ref, ord, hidden, channels }) =>
          ord === null || hidden === 1 ? [] : { channel, path, state: 0, ord, ref, channels },
        );
        await addMembers(db, entering);
        for (const { ref, channels } of entering) {
          const now = JSON.stringify([...parseJsonList<number>(channels), channel]);
          db.run('UPDATE article SET channels = ? WHERE ref = ?', now, ref);
        }
        if (entering.length > 0) markHead(db, path, 'revision');
      }),
    listPlaces: async (ref) => (await readMembers(db, [ref])).map(({ path, spot }) => ({ channel: path, spot })),
  } satisfies Partial<Store>;
}

type PlacedMember = Omit<Member, 'path'> & { readonly pruned: number; readonly channels: string };

async function groupMembers(
  db: Database,
  rows: readonly PlacementRow[],
): Promise<ReadonlyMap<ArticleRef, readonly Member[]>> {
  const placed = rows.filter(({ channels }) => channels !== null).map(({ ref }) => ref);
  const found = new Map<ArticleRef, Member[]>(placed.map((ref) => [ref, []]));
  for (const member of await readMembers(db, placed)) found.get(member.ref)!.push(member);
  return found;
}

/** Removes the article from former channels and returns its new memberships. */
function placeArticle(
  db: Database,
  row: PlacementRow,
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

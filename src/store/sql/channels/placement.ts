/** Places articles in channels. */
import type { ArticleRef } from '../../../model/article.js';
import type { ChannelPath } from '../../../model/channel.js';
import type { Placement } from '../../../ports/store/channels.js';
import type { Store } from '../../../ports/store/store.js';
import type { Connection } from '../../sqlite/connection.js';
import type { Sync } from '../../to-async.js';
import { type StandingRow, standingRows, unplacedArticles } from '../articles/read-articles.js';
import { markHead, markMember } from './dirty.js';
import {
  addMembers,
  channelNumber,
  isVisible,
  type Member,
  membersOf,
  removeMember,
  reorderMember,
  STATE_HIDDEN,
} from './members.js';

export function placementMethods(
  db: Connection,
): Sync<Pick<Store, 'unplaced' | 'place' | 'replaceMembers' | 'placesOf'>> {
  return {
    unplaced: (limit, after = 0) => unplacedArticles(db, limit, after),
    place: (placements) => db.write(() => placeArticles(db, placements)),
    replaceMembers: (channel, refs) => db.write(() => replaceMembers(db, channel, refs)),
    placesOf: (ref) => membersOf(db, ref).map(({ path, spot }) => ({ channel: path, spot })),
  };
}

function placeArticles(db: Connection, placements: readonly Placement[]): void {
  const refs = placements.map(({ ref }) => ref);
  const rows = standingRows(db, refs);
  const numbers = new Map<ChannelPath, number>();
  for (const path of placements.flatMap(({ channels }) => channels)) {
    if (!numbers.has(path)) numbers.set(path, channelNumber(db, path));
  }
  const entering = placements.flatMap((placement) => {
    const row = rows.get(placement.ref);
    return row === undefined ? [] : placeArticle(db, row, placement, numbers);
  });
  addMembers(db, entering);
  for (const path of new Set(entering.filter(isVisible).map(({ path }) => path))) markHead(db, path, 'revision');
}

/** Removes the article from channels that it leaves, and returns its new memberships. */
function placeArticle(
  db: Connection,
  row: StandingRow,
  { ref, order, channels }: Placement,
  numbers: ReadonlyMap<ChannelPath, number>,
): Omit<Member, 'spot'>[] {
  const entered = new Set(channels);
  const members = row.channels === null ? [] : membersOf(db, ref);
  for (const member of members) {
    const leaves = !entered.delete(member.path);
    if (!leaves && member.ord === order) continue;
    if (leaves) removeMember(db, member);
    else reorderMember(db, member, order);
    if (isVisible(member)) markMember(db, member, leaves ? 'takedown' : 'revision');
  }
  // What readers have not seen leaves no tombstone: hidden articles keep their places and get no new ones.
  if (row.hidden_by !== null) entered.clear();
  const kept = members.flatMap(({ path, channel }) => (channels.includes(path) ? channel : []));
  const state = row.hidden * STATE_HIDDEN;
  const places = [...entered].map((path) => ({ channel: numbers.get(path)!, path, state, ord: order, ref }));
  const all = JSON.stringify([...kept, ...places.map(({ channel }) => channel)]);
  db.run('UPDATE article SET unplaced = 0, ord = ?, channels = ? WHERE ref = ?', order, all, ref);
  return places;
}

function replaceMembers(db: Connection, path: ChannelPath, refs: readonly ArticleRef[]): void {
  const channel = channelNumber(db, path);
  const wanted = new Set(refs);
  const all = db.all<Member & { readonly pruned: number }>(
    `SELECT member.*, ? AS path, pruned FROM member JOIN article USING (ref) WHERE channel = ?`,
    path,
    channel,
  );
  for (const member of all) {
    if (wanted.delete(member.ref) || !isVisible(member) || member.pruned === 1) continue;
    removeMember(db, member);
    db.run(LEAVE, channel, member.ref);
    markMember(db, member, 'takedown');
  }
  const rows = [...standingRows(db, [...wanted]).values()];
  const entering = rows.flatMap(({ ref, ord, hidden }) =>
    ord === null || hidden === 1 ? [] : { channel, path, state: 0, ord, ref },
  );
  addMembers(db, entering);
  for (const { ref } of entering)
    db.run("UPDATE article SET channels = json_insert(channels, '$[#]', ?) WHERE ref = ?", channel, ref);
  if (entering.length > 0) markHead(db, path, 'revision');
}

const LEAVE = `UPDATE article SET channels = (SELECT json_group_array(value) FROM json_each(channels) WHERE value <> ?) WHERE ref = ?`;

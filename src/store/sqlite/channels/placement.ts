/** Which channels show an article. */
import type { Placement } from '../../../ports/store/channels.js';
import type { Store } from '../../../ports/store/store.js';
import type { Sync } from '../../to-async.js';
import { articleRow, mintedArticles, selectRefs } from '../articles/read-articles.js';
import type { Connection } from '../connection.js';
import { markHead, markMember } from './dirty.js';
import {
  addMembers,
  channelNumber,
  isVisible,
  membersOf,
  removeMember,
  reorderMember,
  STATE_HIDDEN,
} from './members.js';

export function placementMethods(db: Connection): Sync<Pick<Store, 'unplaced' | 'place' | 'placesOf'>> {
  return {
    unplaced: (limit) => {
      const unplaced = 'SELECT ref FROM article WHERE unplaced = 1 AND id IS NOT NULL ORDER BY ref LIMIT ?';
      return mintedArticles(db, selectRefs(db, unplaced, limit), 'minted');
    },
    place: (placements) =>
      db.write(() => {
        for (const placement of placements) placeArticle(db, placement);
      }),
    placesOf: (ref) => membersOf(db, ref).map(({ path, spot }) => ({ channel: path, spot })),
  };
}

function placeArticle(db: Connection, { ref, order, channels }: Placement): void {
  const row = articleRow(db, ref);
  if (row === undefined) return;
  const wanted = new Map([...new Set(channels)].map((path) => [path, channelNumber(db, path)]));
  const members = membersOf(db, ref);
  for (const member of members) {
    const leaves = !wanted.delete(member.path);
    if (!leaves && member.ord === order) continue;
    if (leaves) removeMember(db, member);
    else reorderMember(db, member, order);
    if (isVisible(member)) markMember(db, member, leaves ? 'takedown' : 'revision');
  }
  const kept = members.flatMap(({ path, channel }) => (channels.includes(path) ? channel : []));
  const numbers = JSON.stringify([...kept, ...wanted.values()]);
  db.run('UPDATE article SET unplaced = 0, ord = ?, channels = ? WHERE ref = ?', order, numbers, ref);
  const state = row.hidden * STATE_HIDDEN;
  addMembers(
    db,
    [...wanted.values()].map((channel) => ({ channel, state, ord: order, ref })),
  );
  if (row.hidden === 0) for (const path of wanted.keys()) markHead(db, path, 'revision');
}

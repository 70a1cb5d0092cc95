/** Which channels show an article. */
import type { ChannelPath } from '../../model/channel.js';
import type { Placement, Store } from '../../ports.js';
import type { Change, Dirt } from '../dirt.js';
import type { Sync } from '../promised.js';
import type { Connection } from './connection.js';
import type { DirtBook } from './dirty.js';
import { HIDDEN, type Members, type Placed } from './members.js';
import type { ArticleRow, Shelf } from './shelf.js';

type Standing = Pick<ArticleRow, 'ref' | 'ord' | 'channels' | 'hidden'>;

export interface PlacingParts {
  readonly db: Connection;
  readonly shelf: Shelf;
  readonly members: Members;
  readonly dirtBook: DirtBook;
}

export function placingMethods(parts: PlacingParts): Sync<Pick<Store, 'unplaced' | 'place'>> {
  const { db, shelf, members, dirtBook } = parts;
  const unplaced = db.prepare<{ ref: number }>(
    'SELECT ref FROM article WHERE unplaced = 1 AND id IS NOT NULL ORDER BY ref LIMIT ?',
  );
  const find = db.prepare<Standing>('SELECT ref, ord, channels, hidden FROM article WHERE ref = ?');
  const settle = db.prepare('UPDATE article SET unplaced = 0, ord = ?, channels = ? WHERE ref = ?');

  function placeAll(placements: readonly Placement[], dirt: Dirt): void {
    const numbers = new Map<ChannelPath, number>();
    for (const placement of placements) placeOne(placement, numbers, dirt);
  }
  function placeOne(placement: Placement, numbers: Map<ChannelPath, number>, dirt: Dirt): void {
    const row = find.get(placement.ref);
    if (row === undefined) return;
    const paths = [...new Set(placement.channels)];
    const wanted = paths.map((path) => numberOf(path, numbers));
    leave(row, placement, new Set(wanted), dirt);
    enter(row, { ...placement, channels: paths }, wanted, dirt);
    settle.run(placement.order, JSON.stringify(wanted), placement.ref);
  }
  function numberOf(path: ChannelPath, numbers: Map<ChannelPath, number>): number {
    const n = numbers.get(path) ?? members.number(path);
    numbers.set(path, n);
    return n;
  }
  function leave(row: Standing, { order }: Placement, wanted: ReadonlySet<number>, dirt: Dirt): void {
    for (const member of members.of(row)) {
      if (!wanted.has(member.channel)) {
        members.remove(member);
        if (member.state < HIDDEN) dirt.show({ channel: member.path, spot: member.spot }, 'takedown');
      } else if (member.ord !== order) {
        members.reorder(member, order);
        if (member.state < HIDDEN) dirt.show({ channel: member.path, spot: member.spot }, 'revision');
      }
    }
  }
  function enter(row: Standing, { ref, order, channels }: Placement, wanted: readonly number[], dirt: Dirt): void {
    const state = row.hidden * HIDDEN;
    const entered = wanted.flatMap((channel, i) => {
      if (row.channels !== null && members.find(channel, order, ref) !== undefined) return [];
      if (state === 0) dirt.show({ channel: channels[i]!, spot: null }, 'revision');
      return { channel, state, ord: order, ref, spot: null };
    });
    members.add(entered);
  }
  return {
    unplaced: (limit) =>
      shelf.minted(
        unplaced.all(limit).map(({ ref }) => ref),
        'all',
      ),
    place: (placements) => db.write(() => members.during(() => dirtBook.during((dirt) => placeAll(placements, dirt)))),
  };
}

/** Everything that shows the article now. */
export function markShown({ members }: PlacingParts, article: Placed, change: Change, dirt: Dirt): void {
  for (const member of members.of(article)) {
    if (member.state < HIDDEN) dirt.show({ channel: member.path, spot: member.spot }, change);
  }
}

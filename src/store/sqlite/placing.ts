/** Which channels show an article. */
import type { ArticleId } from '../../model/article.js';
import type { ChannelPath } from '../../model/channel.js';
import type { Placeable, Placement } from '../../ports/store/channels.js';
import type { Store } from '../../ports/store/store.js';
import type { Change, DirtySet } from '../dirt.js';
import type { Sync } from '../promised.js';
import { bulkFind } from './bulk.js';
import type { Connection } from './connection.js';
import type { DirtyRepository } from './dirty.js';
import { HIDDEN, type Member, type Members, type Placed } from './members.js';
import { type ArticleRow, dateOrNull, readList, type Shelf } from './shelf.js';

type Entered = Omit<Member, 'path'>;
type Standing = Pick<ArticleRow, 'ref' | 'ord' | 'channels' | 'hidden'>;

export interface PlacingParts {
  readonly db: Connection;
  readonly shelf: Shelf;
  readonly members: Members;
  readonly dirtBook: DirtyRepository;
}

export function placingMethods(parts: PlacingParts): Sync<Pick<Store, 'unplaced' | 'place'>> {
  const { db, members, dirtBook } = parts;
  const unplaced = db.prepare<UnplacedRow>(
    `SELECT ref, id, source, also_in, place, published, published_from, first_seen, withdrawn, topics
     FROM article JOIN wording USING (ref) WHERE unplaced = 1 AND id IS NOT NULL ORDER BY ref LIMIT ?`,
  );
  const find = bulkFind<Standing>(db, 'SELECT ref, ord, channels, hidden FROM article WHERE ref IN');
  const settle = db.prepare('UPDATE article SET unplaced = 0, ord = ?, channels = ? WHERE ref = ?');

  function placeAll(placements: readonly Placement[], dirt: DirtySet): void {
    const numbers = new Map<ChannelPath, number>();
    const latest = new Map(placements.map((placement) => [placement.ref, placement]));
    const entered = find([...latest.keys()]).map((row) => placeOne(row, latest.get(row.ref)!, numbers, dirt));
    members.add(byIndex(entered));
  }
  function placeOne(row: Standing, placement: Placement, numbers: Map<ChannelPath, number>, dirt: DirtySet): Entered[] {
    const paths = [...new Set(placement.channels)];
    const wanted = paths.map((path) => numberOf(path, numbers));
    leave(row, placement, new Set(wanted), dirt);
    settle.run(placement.order, JSON.stringify(wanted), placement.ref);
    return enter(row, { ...placement, channels: paths }, wanted, dirt);
  }
  function numberOf(path: ChannelPath, numbers: Map<ChannelPath, number>): number {
    const n = numbers.get(path) ?? members.number(path);
    numbers.set(path, n);
    return n;
  }
  function leave(row: Standing, { order }: Placement, wanted: ReadonlySet<number>, dirt: DirtySet): void {
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
  function enter(row: Standing, placement: Placement, wanted: readonly number[], dirt: DirtySet): Entered[] {
    const { ref, order, channels } = placement;
    const state = row.hidden * HIDDEN;
    return wanted.flatMap((channel, i) => {
      if (row.channels !== null && members.find(channel, order, ref) !== undefined) return [];
      if (state === 0) dirt.show({ channel: channels[i]!, spot: null }, 'revision');
      return { channel, state, ord: order, ref, spot: null };
    });
  }
  return {
    unplaced: (limit) => unplaced.all(limit).map(toPlaceable),
    place: (placements) => db.write(() => members.during(() => dirtBook.during((dirt) => placeAll(placements, dirt)))),
  };
}

type UnplacedRow = Omit<ArticleRow, 'id' | 'updated' | 'hidden' | 'pruned' | 'ord' | 'channels'> & {
  readonly id: ArticleId;
  readonly topics: string;
};

function toPlaceable(row: UnplacedRow): Placeable {
  return {
    ref: row.ref,
    id: row.id,
    sourceId: row.source,
    alsoIn: readList(row.also_in),
    place: row.place,
    publishedAt: new Date(row.published),
    publishedAtFrom: row.published_from,
    firstSeenAt: new Date(row.first_seen),
    withdrawnAt: dateOrNull(row.withdrawn),
    topics: readList(row.topics),
  };
}

/** New members of all articles are added together, in the order of their index: neighbours lie on one page. */
function byIndex(entered: readonly Entered[][]): Entered[] {
  const placed = entered.filter((members) => members.length > 0).sort((a, b) => (a[0]!.ord < b[0]!.ord ? -1 : 1));
  const channels = new Map<number, Entered[]>();
  for (const member of placed.flat()) {
    const others = channels.get(member.channel);
    if (others === undefined) channels.set(member.channel, [member]);
    else others.push(member);
  }
  return [...channels].sort(([a], [b]) => a - b).flatMap(([, members]) => members);
}

/** Everything that shows the article now. */
export function markShown({ members }: PlacingParts, article: Placed, change: Change, dirt: DirtySet): void {
  for (const member of members.of(article)) {
    if (member.state < HIDDEN) dirt.show({ channel: member.path, spot: member.spot }, change);
  }
}

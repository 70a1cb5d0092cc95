/** Channels in print order: their heads, what leaves them, their archives. */
import type { ArticleRef } from '../../model/article.js';
import type { ChannelPath } from '../../model/channel.js';
import type { Placement } from '../../ports/store/channels.js';
import type { Store } from '../../ports/store/store.js';
import type { DirtySet } from '../dirt.js';
import type { Sync } from '../promised.js';
import { minted } from './articles.js';
import { channelOf, dirtying, type Record, update, type World } from './world.js';

type Reads = Sync<
  Pick<
    Store,
    | 'placesOf'
    | 'channels'
    | 'head'
    | 'headRefs'
    | 'leaving'
    | 'archived'
    | 'archivedRefs'
    | 'shown'
    | 'withdrawnFrom'
    | 'dirty'
  >
>;
type Writes = Sync<Pick<Store, 'place' | 'archive' | 'saveChannelDates' | 'dropChannels' | 'markDirty' | 'clearDirty'>>;

/** Those that a channel shows, in order. */
export function standing(world: World, path: ChannelPath): Record[] {
  return members(world, path)
    .filter((record) => !record.hidden)
    .sort((a, b) => (a.order! < b.order! ? -1 : 1));
}

function members(world: World, path: ChannelPath): Record[] {
  return [...world.records.values()].filter((record) => record.spots.has(path));
}

export function channelReads(world: World): Reads {
  const archivedRefs = (channel: ChannelPath, from: number, to: number) =>
    (world.channels.get(channel)?.archive ?? []).slice(from, to).filter((ref) => ref !== null);
  const shown = (refs: readonly ArticleRef[]) =>
    refs.flatMap((ref) => {
      const record = world.records.get(ref);
      return record === undefined || record.hidden || record.article.id === null ? [] : minted(record);
    });
  return {
    channels: () =>
      [...world.channels]
        .map(([channel, { archive, updatedAt }]) => {
          return { channel, members: standing(world, channel).length, archived: archive.length, updatedAt };
        })
        .sort((a, b) => (a.channel < b.channel ? -1 : 1)),
    head: (channel, limit) => standing(world, channel).slice(0, limit).map(minted),
    headRefs: (channel, limit) =>
      standing(world, channel)
        .slice(0, limit)
        .map(({ article }) => article.ref),
    leaving: (channel, order) =>
      standing(world, channel)
        .filter((record) => record.spots.get(channel) === null && (order === null || record.order! > order))
        .map((record) => record.article.ref)
        .reverse(),
    placesOf: (ref) =>
      [...(world.records.get(ref)?.spots ?? [])]
        .map(([channel, spot]) => ({ channel, spot }))
        .sort((a, b) => (a.channel < b.channel ? -1 : 1)),
    archived: (channel, from, to) => shown(archivedRefs(channel, from, to)),
    archivedRefs,
    shown,
    withdrawnFrom: (channel, since) =>
      members(world, channel)
        .filter((record) => record.hidden)
        .map(minted)
        .flatMap(({ id, withdrawnAt: at }) => (at === null || at < since ? [] : { id, at }))
        .sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? -1 : 1)),
    dirty: () => [...world.dirty.values()],
  };
}

export function channelWrites(world: World): Writes {
  return {
    place: (placements) =>
      dirtying(world, (dirt) => {
        for (const placement of placements) {
          update(world, placement.ref, (record) => place(world, record, placement, dirt));
        }
      }),
    archive: (channel, refs, from = 0) =>
      dirtying(world, (dirt) => {
        const { archive: given, ...rest } = channelOf(world, channel);
        const archive = [...given, ...Array<null>(Math.max(0, from - given.length)).fill(null)];
        const fresh = [...new Set(refs)].filter((ref) => world.records.get(ref)?.spots.get(channel) === null);
        fresh.forEach((ref, i) => {
          update(world, ref, ({ spots }) => ({ spots: new Map(spots).set(channel, archive.length + i) }));
        });
        world.channels.set(channel, { ...rest, archive: [...archive, ...fresh] });
        dirt.grow(channel, archive.length, archive.length + fresh.length);
        return archive.length;
      }),
    saveChannelDates: (dates) => {
      for (const { channel, updatedAt } of dates)
        world.channels.set(channel, { ...channelOf(world, channel), updatedAt });
    },
    dropChannels: (channels) => {
      for (const channel of channels) drop(world, channel);
    },
    markDirty: (documents) => dirtying(world, (dirt) => dirt.addAll(documents)),
    clearDirty: (documents) => {
      for (const { channel, archive } of documents) world.dirty.delete(JSON.stringify([channel, archive]));
    },
  };
}

function place(world: World, record: Record, { order, channels }: Placement, dirt: DirtySet): Partial<Record> {
  const shown = !record.hidden;
  for (const [channel, spot] of record.spots) {
    if (channels.includes(channel)) {
      if (shown && record.order !== order) dirt.show({ channel, spot }, 'revision');
      continue;
    }
    if (spot !== null) empty(world, channel, spot);
    if (shown) dirt.show({ channel, spot }, 'takedown');
  }
  for (const channel of channels) {
    channelOf(world, channel);
    if (shown && !record.spots.has(channel)) dirt.show({ channel, spot: null }, 'revision');
  }
  const spots = new Map(channels.map((channel) => [channel, record.spots.get(channel) ?? null]));
  return { order, spots, unplaced: false };
}

/** A spot that nobody has any more. */
function empty(world: World, path: ChannelPath, spot: number): void {
  const channel = channelOf(world, path);
  world.channels.set(path, { ...channel, archive: channel.archive.with(spot, null) });
}

function drop(world: World, path: ChannelPath): void {
  world.channels.delete(path);
  for (const record of members(world, path)) {
    const spots = new Map(record.spots);
    spots.delete(path);
    update(world, record.article.ref, () => ({ spots }));
  }
  for (const [key, document] of world.dirty) if (document.channel === path) world.dirty.delete(key);
}

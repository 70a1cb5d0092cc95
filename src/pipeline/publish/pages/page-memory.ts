/**
 * State that pages keep between editions: the menu, and time zone offsets, which a later Node version may compute
 * differently.
 */
import type { EditionSettings } from '../../../compose/settings.js';
import { toDateKey } from '../../../model/order.js';
import type { PageMemory, SettledZone } from '../../../model/page.js';
import type { ChannelFacts } from '../../../ports/store/channels.js';
import type { Store } from '../../../ports/store/store.js';
import { findNewestDate } from '../../facts/newest-date.js';
import { readEditionState } from '../edition-state.js';
import { chooseMenu } from './menu.js';
import { settleZone } from './zone-offsets.js';

const WEEK = 7 * 86_400_000;

/** Without changes, returns the stored state and reads no articles. */
export async function readPageMemory(
  store: Pick<Store, 'readJson' | 'dirty' | 'neighbours' | 'countNewer'>,
  { site, topics }: Pick<EditionSettings, 'site' | 'topics'>,
  channels: ReadonlyMap<string, ChannelFacts>,
): Promise<PageMemory> {
  const before = (await readEditionState(store))?.pages ?? null;
  const published = topics.filter(({ id }) => isPublished(channels.get(`topics/${id}`)));
  const isSame =
    before?.zone.name === site.timezone && before.menu.every((id) => published.some((topic) => topic.id === id));
  const isQuiet = isSame && (await store.dirty()).length === 0;
  const newest = isQuiet ? null : await findNewestDate(store);
  const zone = settlePageZone(newest, site.timezone, before);
  if (isQuiet && before !== null) return { zone, menu: before.menu };
  const counts = await countSince(store, newest, WEEK);
  const counted = published.map(({ id }) => ({ id, recent: counts.get(`topics/${id}`) ?? 0 }));
  return { zone, menu: chooseMenu(counted, before?.menu ?? []) };
}

export async function readSettledZone(
  store: Pick<Store, 'readJson' | 'neighbours'>,
  name: string,
): Promise<SettledZone> {
  const before = (await readEditionState(store))?.pages ?? null;
  return settlePageZone(await findNewestDate(store), name, before);
}

function settlePageZone(newest: Date | null, name: string, before: Pick<PageMemory, 'zone'> | null): SettledZone {
  return settleZone(name, before?.zone ?? null, Math.floor((newest?.getTime() ?? 0) / 1000));
}

/** True from its first article on. */
export function isPublished(facts: ChannelFacts | undefined): boolean {
  return facts !== undefined && (facts.members > 0 || facts.updatedAt !== null);
}

/** Articles per channel within `time` milliseconds before the newest one. */
export async function countRecentArticles(
  store: Pick<Store, 'neighbours' | 'countNewer'>,
  time: number,
): Promise<ReadonlyMap<string, number>> {
  return await countSince(store, await findNewestDate(store), time);
}

async function countSince(store: Pick<Store, 'countNewer'>, newest: Date | null, time: number) {
  if (newest === null) return new Map<string, number>();
  return await store.countNewer(toDateKey(new Date(newest.getTime() - time)));
}

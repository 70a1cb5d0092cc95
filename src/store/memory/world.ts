/** All that the store in memory holds. */
import type { ArticleId, ArticleRef } from '../../model/article.js';
import type { ChannelPath } from '../../model/channel.js';
import type { DocumentSnapshot } from '../../model/document.js';
import type { ArticleKey, StoredArticle } from '../../model/identity.js';
import type { FetchState, HostState, SourceId } from '../../model/source.js';
import type { DirtyDocument } from '../../ports/store/channels.js';
import type { PublishedFile } from '../../ports/store/editions.js';
import { DirtySet } from '../dirt.js';
import { emptyStories, type StoryWorld } from './stories.js';

/** An article and what belongs to it; replaced as a whole when something changes. */
export interface Record {
  readonly article: StoredArticle;
  /** null once minted. */
  readonly pending: { readonly mintOnly: boolean; readonly keys: readonly ArticleKey[] } | null;
  readonly taggedBy: string | null;
  readonly unplaced: boolean;
  /** Withdrawn, and not only marked as such. */
  readonly hidden: boolean;
  readonly pruned: boolean;
  readonly order: string | null;
  /** Each channel that it stands in, with its spot in the archive. */
  readonly spots: ReadonlyMap<ChannelPath, number | null>;
}

export interface ChannelRecord {
  readonly archive: readonly (ArticleRef | null)[];
  readonly updatedAt: Date | null;
}

export interface World {
  readonly states: Map<SourceId, FetchState>;
  readonly memories: Map<SourceId, DocumentSnapshot>;
  readonly hosts: Map<string, HostState>;
  readonly records: Map<ArticleRef, Record>;
  readonly aliases: Map<string, ArticleRef>;
  readonly channels: Map<ChannelPath, ChannelRecord>;
  readonly dirty: Map<string, DirtyDocument>;
  readonly files: Map<string, PublishedFile>;
  readonly meta: Map<string, string>;
  readonly stories: StoryWorld;
  nextRef: ArticleRef;
}

export function emptyWorld(): World {
  return {
    states: new Map(),
    memories: new Map(),
    hosts: new Map(),
    records: new Map(),
    aliases: new Map(),
    channels: new Map(),
    dirty: new Map(),
    files: new Map(),
    meta: new Map(),
    stories: emptyStories(),
    nextRef: 1,
  };
}

export function update(world: World, ref: ArticleRef, change: (record: Record) => Partial<Record>): void {
  const record = world.records.get(ref);
  if (record !== undefined) world.records.set(ref, { ...record, ...change(record) });
}

export function channelOf(world: World, path: ChannelPath): ChannelRecord {
  const found = world.channels.get(path) ?? { archive: [], updatedAt: null };
  world.channels.set(path, found);
  return found;
}

export function keyName(key: ArticleKey): string {
  return JSON.stringify(key.kind === 'url' ? ['url', key.value] : [key.kind, key.sourceId, key.value]);
}

export function idName(id: ArticleId): string {
  return JSON.stringify(['id', id]);
}

/** Hands out something to collect in, and keeps it when `work` is done. */
export function dirtying<T>(world: World, work: (dirt: DirtySet) => T): T {
  const dirt = new DirtySet();
  const result = work(dirt);
  for (const document of dirt.documents) {
    const key = JSON.stringify([document.channel, document.archive]);
    const takedown = document.takedown || (world.dirty.get(key)?.takedown ?? false);
    world.dirty.set(key, { ...document, takedown });
  }
  return result;
}

/** Everything that shows the article now. */
export function showings(record: Record): { readonly channel: ChannelPath; readonly spot: number | null }[] {
  return [...record.spots].map(([channel, spot]) => ({ channel, spot }));
}

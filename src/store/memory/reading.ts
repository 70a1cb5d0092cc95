/** One read of one source, and the ids that its articles get. */
import type { ArticleId, ArticleRef } from '../../model/article.js';
import type { DocumentSnapshot, SnapshotItem } from '../../model/document.js';
import type { ArticleKey, PendingArticle } from '../../model/identity.js';
import type { SourceId } from '../../model/source.js';
import type { ChangedArticle, NewArticle, SourceChanges } from '../../ports/store/sources.js';
import type { Store } from '../../ports/store/store.js';
import { type DirtySet, sameTopics } from '../dirt.js';
import type { Sync } from '../promised.js';
import { dirtying, idName, keyName, type Record, showings, update, type World } from './world.js';

type Methods = Sync<
  Pick<Store, 'saveFetch' | 'flush' | 'documentSnapshot' | 'reserveRefs' | 'known' | 'pending' | 'takenIds' | 'mint'>
>;

export function readingMethods(world: World): Methods {
  return {
    saveFetch: (state, changes) => {
      world.states.set(state.sourceId, state);
      if (changes === null) return;
      dirtying(world, (dirt) => apply(world, state.sourceId, changes, dirt));
      if (changes.snapshot !== 'as before') remember(world, state.sourceId, changes.snapshot);
    },
    flush: () => {},
    documentSnapshot: (id) => {
      const memory = world.memories.get(id);
      if (memory === undefined || !memory.items.every((item) => holds(world, item))) return null;
      return { ...memory, items: memory.items.map((item) => ({ ...item, keys: 'as before' })) };
    },
    reserveRefs: (count) => {
      world.nextRef += count;
      return world.nextRef - count;
    },
    known: (keys) => {
      const refs = new Set(keys.map((key) => world.aliases.get(keyName(key))));
      return [...refs].flatMap((ref) => {
        const record = ref === undefined ? undefined : world.records.get(ref);
        const matched = keys.filter((key) => world.aliases.get(keyName(key)) === ref);
        return record === undefined ? [] : [{ ...record.article, matched }];
      });
    },
    pending: () =>
      [...world.records.values()]
        .flatMap((record) => (record.pending === null ? [] : toPending(record, record.pending)))
        .sort((a, b) => a.ref - b.ref),
    takenIds: (ids) => new Set(ids.filter((id) => world.aliases.has(idName(id)))),
    mint: (minted, merged) => {
      for (const { ref, into } of merged) merge(world, ref, into);
      for (const { ref, id } of minted) mint(world, ref, id);
    },
  };
}

function remember(world: World, id: SourceId, memory: DocumentSnapshot | null): void {
  const before = new Map(world.memories.get(id)?.items.map(({ hash, keys }) => [hash, keys]));
  world.memories.delete(id);
  if (memory === null) return;
  const items = memory.items.map((item) => ({
    ...item,
    keys: item.keys === 'as before' ? (before.get(item.hash) ?? []) : item.keys,
  }));
  world.memories.set(id, { ...memory, items });
}

function holds(world: World, { ref, keys }: SnapshotItem): boolean {
  const record = world.records.get(ref);
  if (record === undefined || record.pruned || record.article.withdrawnAt !== null || keys === 'as before')
    return false;
  return keys.length > 0 && keys.every((key) => world.aliases.get(keyName(key)) === ref);
}

function apply(world: World, sourceId: SourceId, changes: SourceChanges, dirt: DirtySet): void {
  for (const article of changes.added) add(world, article, changes.topicsFingerprint);
  for (const article of changes.changed) revise(world, article, changes.topicsFingerprint, dirt);
  for (const { ref, keys } of changes.aliases) give(world, ref, keys);
  for (const ref of changes.alsoIn) carry(world, ref, [sourceId]);
  for (const { ref, at, policy } of changes.withdrawn) withdraw(world, ref, { at, hidden: policy === 'remove' }, dirt);
  for (const ref of changes.restored) withdraw(world, ref, { at: null, hidden: false }, dirt);
}

function add(world: World, added: NewArticle, taggedBy: string): void {
  const { mintOnly, keys, ...rest } = added;
  const article = { ...rest, id: null, alsoIn: [], updatedAt: null, withdrawnAt: null };
  const state = { unplaced: false, hidden: false, pruned: false, order: null, spots: new Map() };
  world.records.set(added.ref, { article, pending: { mintOnly, keys }, taggedBy, ...state });
  world.nextRef = Math.max(world.nextRef, added.ref + 1);
  give(world, added.ref, keys);
}

function revise(world: World, changed: ChangedArticle, taggedBy: string, dirt: DirtySet): void {
  const record = world.records.get(changed.ref);
  if (record === undefined) return;
  const { article, pending, pruned } = record;
  const retagged = !sameTopics(article.topics, changed.topics);
  const kept = pruned ? { contentHtml: null, categories: [] } : {};
  update(world, changed.ref, () => ({
    article: { ...article, ...changed, ...kept, updatedAt: changed.updatedAt ?? article.updatedAt },
    taggedBy: pruned ? null : taggedBy,
    unplaced: record.unplaced || (retagged && pending === null),
  }));
  const visible = retagged || changed.updatedAt !== null || changed.url !== article.url;
  if (visible && !record.hidden) for (const showing of showings(record)) dirt.show(showing, 'revision');
}

function give(world: World, ref: ArticleRef, keys: readonly ArticleKey[]): void {
  for (const key of keys) world.aliases.set(keyName(key), ref);
}

function carry(world: World, ref: ArticleRef, sources: readonly SourceId[]): void {
  update(world, ref, ({ article, unplaced }) => {
    const alsoIn = [...new Set([...article.alsoIn, ...sources])].filter((id) => id !== article.sourceId).sort();
    if (alsoIn.length === article.alsoIn.length) return {};
    return { article: { ...article, alsoIn }, unplaced: unplaced || alsoIn.length > 0 };
  });
}

function withdraw(world: World, ref: ArticleRef, to: { at: Date | null; hidden: boolean }, dirt: DirtySet): void {
  update(world, ref, (record) => {
    for (const showing of showings(record)) dirt.show(showing, 'takedown');
    return { article: { ...record.article, withdrawnAt: to.at }, hidden: to.hidden };
  });
}

function toPending({ article }: Record, { mintOnly, keys }: NonNullable<Record['pending']>): PendingArticle {
  const { ref, sourceId, guid, url, title, publishedAt, firstSeenAt } = article;
  const urlKeys = keys.flatMap((key) => (key.kind === 'url' ? [key.value] : []));
  return { ref, sourceId, guid, url, title, publishedAt, firstSeenAt, mintOnly, urlKeys };
}

function mint(world: World, ref: ArticleRef, id: ArticleId): void {
  if (world.records.get(ref)?.pending == null) return;
  update(world, ref, ({ article }) => ({ article: { ...article, id }, pending: null, unplaced: true }));
  world.aliases.set(idName(id), ref);
}

function merge(world: World, ref: ArticleRef, into: ArticleRef): void {
  const record = world.records.get(ref);
  if (record?.pending == null) return;
  const carriers = [record.article.sourceId, ...record.article.alsoIn];
  give(world, into, record.pending.keys);
  carry(world, into, carriers);
  for (const sourceId of carriers) readInstead(world, sourceId, ref, into);
  world.records.delete(ref);
}

function readInstead(world: World, sourceId: SourceId, ref: ArticleRef, into: ArticleRef): void {
  const state = world.states.get(sourceId);
  if (state === undefined) return;
  const lastRead = state.lastRead.map((entry) => (entry.ref === ref ? { ...entry, ref: into } : entry));
  world.states.set(sourceId, { ...state, lastRead });
}

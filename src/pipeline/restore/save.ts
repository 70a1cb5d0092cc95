/** Writes restored articles into an empty store: by the same steps as a run would, so that every store can do it. */

import { ARCHIVE_ARTICLES } from '../../model/archive.js';
import type { ArticleId, ArticleRef } from '../../model/article.js';
import type { ChannelPath } from '../../model/channel.js';
import { orderKey } from '../../model/order.js';
import type { FetchState, SourceId } from '../../model/source.js';
import type { Placement } from '../../ports/store/channels.js';
import type { SourceChanges } from '../../ports/store/sources.js';
import type { Store } from '../../ports/store/store.js';
import { noChanges } from '../ingest/source-changes.js';
import { type RestoredArticle, tombstoneArticle } from './articles.js';
import type { PublishedEdition } from './collect.js';
import { datesBySource, formerState } from './states.js';

/** Articles in one transaction. */
const BATCH = 1000;

export interface SaveDeps {
  readonly store: Store;
  readonly states: ReadonlyMap<SourceId, FetchState>;
  readonly topicsFingerprint: string;
}

export async function saveArticles(
  articles: readonly RestoredArticle[],
  deps: SaveDeps,
  signal: AbortSignal,
): Promise<void> {
  const { store } = deps;
  const states = withHabits(articles, deps.states);
  for (let from = 0; from < articles.length; from += BATCH) {
    signal.throwIfAborted();
    const batch = articles.slice(from, from + BATCH);
    await add(batch, states, deps);
    await store.mint(
      batch.map(({ id, article }) => ({ ref: article.ref, id })),
      [],
    );
    await store.place(batch.map(placementOf));
  }
  const former = [...states.keys()].filter((id) => !deps.states.has(id));
  await store.saveFetches([...deps.states.keys()].map((id) => states.get(id)!));
  if (former.length > 0) await store.forgetSources(former);
}

function withHabits(articles: readonly RestoredArticle[], known: SaveDeps['states']): Map<SourceId, FetchState> {
  const states = new Map(known);
  for (const { article } of articles) {
    if (!states.has(article.sourceId)) states.set(article.sourceId, formerState(article.sourceId, article));
  }
  for (const [id, dates] of datesBySource(articles)) {
    const state = states.get(id)!;
    states.set(id, { ...state, recentDates: dates, newestArticleAt: state.newestArticleAt ?? dates[0] ?? null });
  }
  return states;
}

async function add(batch: readonly RestoredArticle[], states: ReadonlyMap<SourceId, FetchState>, deps: SaveDeps) {
  for (const [sourceId, articles] of grouped(batch, ({ article }) => [article.sourceId])) {
    const added = { ...noChanges(deps.topicsFingerprint), added: articles.map(({ article }) => article) };
    await deps.store.saveFetch(states.get(sourceId)!, added);
    const told = articles.filter(({ updatedAt, markedAt }) => updatedAt !== null || markedAt !== null);
    if (told.length > 0) await deps.store.saveFetch(states.get(sourceId)!, laterChanges(told, deps));
  }
  for (const [sourceId, articles] of grouped(batch, ({ alsoIn }) => alsoIn)) {
    const state = states.get(sourceId) ?? deps.states.get(sourceId);
    const alsoIn = articles.map(({ article }) => article.ref);
    if (state !== undefined) await deps.store.saveFetch(state, { ...noChanges(deps.topicsFingerprint), alsoIn });
  }
}

function laterChanges(articles: readonly RestoredArticle[], deps: SaveDeps): SourceChanges {
  return {
    ...noChanges(deps.topicsFingerprint),
    changed: articles.flatMap(({ article, updatedAt }) => (updatedAt === null ? [] : [{ ...article, updatedAt }])),
    withdrawn: articles.flatMap(({ article: { ref }, markedAt: at }) =>
      at === null ? [] : [{ ref, at, policy: 'mark' as const }],
    ),
  };
}

function grouped<T>(all: readonly T[], keysOf: (one: T) => readonly SourceId[]): Map<SourceId, T[]> {
  const groups = new Map<SourceId, T[]>();
  for (const one of all) for (const key of keysOf(one)) groups.set(key, [...(groups.get(key) ?? []), one]);
  return groups;
}

function placementOf({ id, article, channels }: RestoredArticle): Placement {
  return { ref: article.ref, order: orderKey({ ...article, id }), channels };
}

/** What heads say was taken back (RFC 6721): so that they go on saying it, and that its id is never used again. */
export async function insertTombstones(edition: PublishedEdition, siteHost: string, deps: SaveDeps): Promise<number> {
  const graves = gravesOf(edition);
  if (graves.size === 0) return 0;
  const first = await deps.store.reserveRefs(graves.size);
  const buried = [...graves].map(([id, { at, channels }], i) => {
    const sourceId = [...channels].find((path) => path.startsWith('sources/'))?.slice(8) ?? 'unknown';
    return { channels: [...channels], at, article: tombstoneArticle(id, at, sourceId, first + i, siteHost) };
  });
  const { store } = deps;
  for (const [sourceId, some] of grouped(buried, ({ article }) => [article.sourceId])) {
    const state = deps.states.get(sourceId) ?? formerState(sourceId, some[0]!.article);
    await store.saveFetch(state, { ...noChanges(deps.topicsFingerprint), added: some.map(({ article }) => article) });
    await store.mint(
      some.map(({ article: { ref, id } }) => ({ ref, id })),
      [],
    );
    const withdrawn = some.map(({ article: { ref }, at }) => ({ ref, at, policy: 'remove' as const }));
    await store.saveFetch(state, { ...noChanges(deps.topicsFingerprint), withdrawn });
    if (!deps.states.has(sourceId)) await store.forgetSources([sourceId]);
  }
  await store.place(buried.map(({ article, channels }) => ({ ref: article.ref, order: orderKey(article), channels })));
  return buried.length;
}

function gravesOf(edition: PublishedEdition): Map<ArticleId, { at: Date; channels: Set<ChannelPath> }> {
  const graves = new Map<ArticleId, { at: Date; channels: Set<ChannelPath> }>();
  for (const [channel, { tombstones }] of edition.channels) {
    for (const { id, when } of tombstones) {
      if (edition.articles.has(id)) continue;
      const grave = graves.get(id) ?? { at: when, channels: new Set() };
      grave.channels.add(channel);
      graves.set(id, grave);
    }
  }
  return graves;
}

/** Every article at a place in the document that shows it; what has gone from a full one stays a gap. Returns how many documents. */
export async function restoreArchives(
  edition: PublishedEdition,
  refs: ReadonlyMap<ArticleId, ArticleRef>,
  store: Pick<Store, 'archive'>,
): Promise<number> {
  let documents = 0;
  for (const [channel, { archive }] of edition.channels) {
    for (const [number, ids] of [...archive].sort(([a], [b]) => a - b)) {
      documents++;
      // In the order in which they left the head: the oldest first.
      const placed = [...(ids ?? [])].reverse().map((id) => refs.get(id)!);
      await store.archive(channel, placed, (number - 1) * ARCHIVE_ARTICLES);
    }
  }
  return documents;
}

/** Stages one channel of an edition: loads, composes and assembles its documents. */
import { entryWeight, fitArchive, fitHead, fitted, MOST_ENTRIES } from '../../compose/budget.js';
import { composeArchive, composeHead, newestChange, tombstones, tombstonesSince } from '../../compose/channel.js';
import type { ChannelMetadata } from '../../compose/channel-metadata.js';
import type { EntryOf } from '../../compose/entry.js';
import { formerPaths } from '../../compose/former-paths.js';
import type { EditionSettings } from '../../compose/settings.js';
import { ARCHIVE_ARTICLES, lastArchive } from '../../model/archive.js';
import type { Article, ArticleRef } from '../../model/article.js';
import type { OutputFile } from '../../model/edition.js';
import { orderKey } from '../../model/order.js';
import type { ChannelFacts } from '../../ports/store/channels.js';
import type { Store } from '../../ports/store/store.js';
import type { DirtyChannel } from './dirty-documents.js';
import type { EntryRenderer } from './entry-renderer.js';
import type { RenderCache, RenderedArticle } from './render-cache.js';

export interface ChannelDeps {
  readonly store: Store;
  readonly settings: EditionSettings;
  readonly cache: RenderCache;
  readonly renderer: EntryRenderer;
  readonly now: Date;
  put(file: OutputFile): Promise<void>;
}

/** A channel as the edition shows it. */
export interface StagedChannel {
  readonly metadata: ChannelMetadata;
  /** null: it has never had an entry. */
  readonly updatedAt: Date | null;
  /** Entries of the head; null: the head is unchanged. */
  readonly entryIds: readonly string[] | null;
  /** Articles that left the head and get archive places when the edition is committed, in this order. */
  readonly leaving: readonly ArticleRef[];
  readonly lastArchive: number;
}

/** Reads articles document by document, so that memory is bounded by one document and the render cache. */
export async function stageChannel(
  metadata: ChannelMetadata,
  facts: ChannelFacts,
  work: DirtyChannel,
  deps: ChannelDeps,
): Promise<StagedChannel> {
  const head = work.head ? await renderHead(metadata, deps) : null;
  const leaving = head?.leaving ?? [];
  const archived = deps.settings.publish.archive ? facts.archived + leaving.length : 0;
  const last = lastArchive(archived);
  const updatedAt = head === null ? facts.updatedAt : (newestChange(head.entries) ?? facts.updatedAt);
  const staged = {
    metadata,
    updatedAt,
    entryIds: head?.entries.map(({ id }) => id) ?? null,
    leaving,
    lastArchive: last,
  };
  if (updatedAt === null) return staged;
  for (const number of documentNumbers(work, facts.archived, archived)) {
    const entries = await renderArchive(metadata, number, facts.archived, leaving, deps);
    const place = { number, previous: number > 1 ? number - 1 : null, next: number < last ? number + 1 : null };
    await putAll(deps.renderer.assemble(composeArchive(metadata, entries, place, updatedAt), entries), deps);
  }
  if (head !== null) {
    const about = { tombstones: head.tombstones, lastArchive: last || null, lastDate: updatedAt };
    const former = formerPaths(metadata.path, deps.settings);
    await putAll(deps.renderer.assemble(composeHead(metadata, head.entries, about), head.entries, former), deps);
  }
  return staged;
}

export async function putAll(files: Iterable<OutputFile>, { put }: Pick<ChannelDeps, 'put'>): Promise<void> {
  for (const file of files) await put(file);
}

/** The entries of a channel's head, and the articles that do not fit any more. */
async function renderHead({ path }: ChannelMetadata, { store, settings, cache, now }: ChannelDeps) {
  const items = mostItems(settings);
  const rendered = await cache.of(await store.head(path, items));
  const withdrawn = await store.withdrawnFrom(path, tombstonesSince(now));
  const deleted = tombstones(withdrawn, rendered, items);
  const weights = rendered.map(({ weight }) => weight);
  const shown = await cache.fitted(rendered, fitHead(weights, items, deleted));
  const leaving = await leavingHead(path, shown.at(-1)?.order, { store, settings });
  return { entries: shown, tombstones: deleted, leaving };
}

/** Like `renderHead`, but with articles and entries, not rendered. */
export async function loadHead(
  { path }: Pick<ChannelMetadata, 'path'>,
  deps: Pick<ChannelDeps, 'store' | 'settings' | 'now'> & { readonly entryOf: EntryOf },
) {
  const { store, settings, entryOf, now } = deps;
  const items = mostItems(settings);
  const articles = await store.visibleArticles(await store.head(path, items));
  const withdrawn = await store.withdrawnFrom(path, tombstonesSince(now));
  const all = articles.map(entryOf);
  const entries = fitted(all, fitHead(all.map(entryWeight), items, tombstones(withdrawn, articles, items)));
  const shown = articles.slice(0, entries.length);
  const oldest = shown.at(-1);
  const leaving = await leavingHead(path, oldest && orderKey(oldest), deps);
  return { articles: shown, entries, leaving };
}

function mostItems({ publish }: EditionSettings): number {
  return Math.min(publish.items, MOST_ENTRIES);
}

/** `oldest`: order key of the last article in the head; undefined, where the head is empty: none leave. */
async function leavingHead(
  path: string,
  oldest: string | undefined,
  { store, settings }: Pick<ChannelDeps, 'store' | 'settings'>,
): Promise<readonly ArticleRef[]> {
  return settings.publish.archive && oldest !== undefined ? await store.leaving(path, oldest) : [];
}

/** Documents with changes, those that grow, and a full one before a new one: it gets its `next-archive`. */
function documentNumbers(work: DirtyChannel, before: number, after: number): number[] {
  const numbers = new Set([...work.archives].filter((number) => number <= lastArchive(after)));
  if (after > before) {
    for (let number = Math.max(1, lastArchive(before)); number <= lastArchive(after); number++) numbers.add(number);
  }
  return [...numbers].sort((a, b) => a - b);
}

async function renderArchive(
  { path }: ChannelMetadata,
  number: number,
  archived: number,
  leaving: readonly ArticleRef[],
  { store, cache }: ChannelDeps,
): Promise<readonly RenderedArticle[]> {
  const { from, to, joining } = archivePlaces(number, archived, leaving);
  const rendered = await cache.of([...(await store.archived(path, from, to)), ...joining]);
  const ordered = rendered.sort((a, b) => (a.order < b.order ? -1 : 1));
  return cache.fitted(ordered, fitArchive(ordered.map(({ weight }) => weight)));
}

/** The articles of one archive document, newest first; articles leaving the head get their places with this edition. */
export async function archiveArticles(
  metadata: Pick<ChannelMetadata, 'path'>,
  number: number,
  archived: number,
  leaving: readonly ArticleRef[],
  store: Store,
): Promise<Article[]> {
  const { from, to, joining } = archivePlaces(number, archived, leaving);
  const articles = await store.visibleArticles([...(await store.archived(metadata.path, from, to)), ...joining]);
  const keyed = articles.map((article) => ({ article, key: orderKey(article) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ article }) => article);
}

/** The places [from, to) already assigned, and the articles that get the following ones. */
function archivePlaces(number: number, archived: number, leaving: readonly ArticleRef[]) {
  const from = (number - 1) * ARCHIVE_ARTICLES;
  const to = number * ARCHIVE_ARTICLES;
  const joining = leaving.slice(Math.max(0, from - archived), Math.max(0, to - archived));
  return { from, to: Math.min(to, archived), joining };
}

/** One channel of an edition: loaded, composed, written by every writer, and laid aside until all are ready. */
import { fitHead, MOST_ENTRIES } from '../compose/budget.js';
import { composeArchive, composeHead, newestChange, tombstones, tombstonesSince } from '../compose/channel.js';
import type { EntryOf } from '../compose/entry.js';
import type { ChannelFace } from '../compose/face.js';
import type { EditionSettings } from '../compose/settings.js';
import { ARCHIVE_ARTICLES, lastArchive } from '../model/archive.js';
import type { Article, ArticleRef } from '../model/article.js';
import type { Channel, Entry } from '../model/channel.js';
import type { OutputFile } from '../model/edition.js';
import { orderKey } from '../model/order.js';
import type { ChannelFacts, Store } from '../ports.js';
import type { Writer } from '../write/formats.js';
import type { ChannelWork } from './channel-work.js';

export interface ChannelDeps {
  readonly store: Store;
  readonly writers: readonly Writer[];
  readonly settings: EditionSettings;
  readonly entryOf: EntryOf;
  readonly now: Date;
  put(file: OutputFile): Promise<void>;
}

/** A channel as the edition shows it. */
export interface StagedChannel {
  readonly face: ChannelFace;
  /** null: it has never shown anything. */
  readonly updatedAt: Date | null;
  /** Of the head; null: the head stands as it was. */
  readonly entryIds: readonly string[] | null;
  /** What left the head and gets its place in the archive when the edition is published, in this order. */
  readonly leaving: readonly ArticleRef[];
  readonly lastArchive: number;
}

/** Bounded by one document: articles are read head by head and archive document by archive document. */
export async function stageChannel(
  face: ChannelFace,
  facts: ChannelFacts,
  work: ChannelWork,
  deps: ChannelDeps,
): Promise<StagedChannel> {
  const head = work.head ? await loadHead(face, deps) : null;
  const leaving = head?.leaving ?? [];
  const archived = deps.settings.publish.archive ? facts.archived + leaving.length : 0;
  const last = lastArchive(archived);
  const updatedAt = head === null ? facts.updatedAt : (head.updatedAt ?? facts.updatedAt);
  const staged = { face, updatedAt, entryIds: head?.entries.map(({ id }) => id) ?? null, leaving, lastArchive: last };
  if (updatedAt === null) return staged;
  for (const number of documentNumbers(work, facts.archived, archived)) {
    const entries = await archiveEntries(face, number, facts.archived, leaving, deps);
    const place = { number, previous: number > 1 ? number - 1 : null, next: number < last ? number + 1 : null };
    await writeChannel(composeArchive(face, entries, place, updatedAt), deps);
  }
  if (head !== null) {
    const about = { tombstones: head.tombstones, lastArchive: last || null, lastDate: updatedAt };
    await writeChannel(composeHead(face, head.entries, about), deps);
  }
  return staged;
}

export async function writeChannel(
  channel: Channel,
  { writers, put }: Pick<ChannelDeps, 'writers' | 'put'>,
): Promise<void> {
  for (const writer of writers) for (const file of writer.channel(channel)) await put(file);
}

/** What the head of a channel shows, and what has no room in it any more. */
export async function loadHead(
  face: Pick<ChannelFace, 'path'>,
  { store, settings, entryOf, now }: Pick<ChannelDeps, 'store' | 'settings' | 'entryOf' | 'now'>,
) {
  const { archive } = settings.publish;
  const items = Math.min(settings.publish.items, MOST_ENTRIES);
  const articles = await store.head(face.path, items);
  const withdrawn = await store.withdrawnFrom(face.path, tombstonesSince(now));
  const deleted = tombstones(withdrawn, articles, items);
  const entries = fitHead(articles.map(entryOf), items, deleted);
  const oldest = articles[entries.length - 1];
  const leaving = archive && oldest !== undefined ? await store.leaving(face.path, orderKey(oldest)) : [];
  const shown = articles.slice(0, entries.length);
  return { articles: shown, entries, tombstones: deleted, leaving, updatedAt: newestChange(entries) };
}

/** Those with work, those that grow, and a full one whose next begins: it gets its `next-archive`. */
function documentNumbers(work: ChannelWork, before: number, after: number): number[] {
  const numbers = new Set([...work.archives].filter((number) => number <= lastArchive(after)));
  if (after > before) {
    for (let number = Math.max(1, lastArchive(before)); number <= lastArchive(after); number++) numbers.add(number);
  }
  return [...numbers].sort((a, b) => a - b);
}

async function archiveEntries(
  face: ChannelFace,
  number: number,
  archived: number,
  leaving: readonly ArticleRef[],
  { store, entryOf }: ChannelDeps,
): Promise<Entry[]> {
  return (await archiveArticles(face, number, archived, leaving, store)).map(entryOf);
}

/** Of one archive document, newest first; those that are leaving the head get their places with this edition. */
export async function archiveArticles(
  face: Pick<ChannelFace, 'path'>,
  number: number,
  archived: number,
  leaving: readonly ArticleRef[],
  store: Store,
): Promise<Article[]> {
  const from = (number - 1) * ARCHIVE_ARTICLES;
  const to = number * ARCHIVE_ARTICLES;
  const placed = await store.archived(face.path, from, Math.min(to, archived));
  const joining = leaving.slice(Math.max(0, from - archived), Math.max(0, to - archived));
  const articles = joining.length === 0 ? placed : [...placed, ...(await store.articles(joining))];
  return newestFirst(articles);
}

function newestFirst(articles: readonly Article[]): Article[] {
  const keyed = articles.map((article) => ({ article, key: orderKey(article) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ article }) => article);
}

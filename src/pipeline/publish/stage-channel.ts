/** Stages one channel: loads, composes and assembles its documents. */
import type { LeadRules } from '../../cluster/lead.js';
import { fitArchive, fitHead } from '../../compose/budget.js';
import { composeArchive, composeHead, newestChange, tombstones, tombstonesSince } from '../../compose/channel.js';
import type { ChannelMetadata } from '../../compose/channel-metadata.js';
import type { EntryFactory } from '../../compose/entry.js';
import { listFormerPaths } from '../../compose/former-paths.js';
import type { EditionSettings } from '../../compose/settings.js';
import { ARCHIVE_ARTICLES, countArchiveDocuments } from '../../model/archive.js';
import type { ArticleRef } from '../../model/article.js';
import type { ChannelPath } from '../../model/channel.js';
import type { ChannelFacts } from '../../ports/store/channels.js';
import type { Store } from '../../ports/store/store.js';
import type { DirtyChannel } from './dirty-documents.js';
import type { StagedChannel } from './edition-work.js';
import type { EntryRenderer } from './entry-renderer.js';
import { limitItems, readHead } from './read-head.js';
import type { RenderCache, RenderedArticle } from './render-cache.js';
import type { StagedFiles } from './staged-files.js';

export interface ChannelTools {
  readonly store: Store;
  readonly settings: EditionSettings;
  readonly cache: RenderCache;
  readonly renderer: EntryRenderer;
  readonly files: StagedFiles;
  readonly leads: LeadRules;
  readonly entryOf: EntryFactory;
  readonly now: Date;
}

export interface ArchiveSlice {
  readonly channel: ChannelPath;
  readonly number: number;
  readonly archived: number;
  /** Articles that leave the head and receive the next archive places. */
  readonly leaving: readonly ArticleRef[];
}

/** Reads one document at a time, to bound memory. */
export async function stageChannel(
  metadata: ChannelMetadata,
  facts: ChannelFacts,
  work: DirtyChannel,
  tools: ChannelTools,
): Promise<StagedChannel | null> {
  const { settings, renderer, files } = tools;
  const head = work.head ? await renderHead(metadata, tools) : null;
  const leaving = head?.leaving ?? [];
  const archived = settings.publish.archive ? facts.archived + leaving.length : 0;
  const last = countArchiveDocuments(archived);
  const updatedAt = head === null ? facts.updatedAt : (newestChange(head.entries) ?? facts.updatedAt);
  if (updatedAt === null) return null;
  for (const number of listDocumentNumbers(work, facts.archived, archived)) {
    const place = { channel: metadata.path, number, archived: facts.archived, leaving };
    const entries = await renderArchive(place, tools);
    const links = { number, previous: number > 1 ? number - 1 : null, next: number < last ? number + 1 : null };
    const frame = composeArchive(metadata, entries, links, updatedAt);
    for (const file of renderer.assemble(frame, entries)) await files.put(file);
  }
  if (head !== null) {
    const about = { tombstones: head.tombstones, lastArchive: last || null, lastDate: updatedAt };
    const frame = composeHead(metadata, head.entries, about);
    const former = listFormerPaths(metadata.path, settings);
    for (const file of renderer.assemble(frame, head.entries, former)) await files.put(file);
  }
  return { metadata, updatedAt, entryIds: head?.entries.map(({ id }) => id) ?? null, leaving, lastArchive: last };
}

async function renderHead({ path }: ChannelMetadata, { store, settings, cache, now }: ChannelTools) {
  const items = limitItems(settings);
  const rendered = await readHead(path, (refs) => cache.load(refs), { store, settings });
  const withdrawn = await store.listWithdrawn(path, tombstonesSince(now));
  const deleted = tombstones(withdrawn, rendered, items);
  const weights = rendered.map(({ weight }) => weight);
  const shown = await cache.fit(rendered, fitHead(weights, items, deleted));
  const leaving = await findLeaving(path, shown.at(-1)?.order, { store, settings });
  return { entries: shown, tombstones: deleted, leaving };
}

/** `oldest`: order key of the last article in the head; undefined: the head is empty, so none leave. */
export async function findLeaving(
  path: string,
  oldest: string | undefined,
  { store, settings }: Pick<ChannelTools, 'store' | 'settings'>,
): Promise<readonly ArticleRef[]> {
  return settings.publish.archive && oldest !== undefined ? await store.leaving(path, oldest) : [];
}

/** Changed documents, growing ones, and a full one before a new one, which needs its `next-archive` link. */
function listDocumentNumbers(work: DirtyChannel, before: number, after: number): number[] {
  const numbers = new Set([...work.archives].filter((number) => number <= countArchiveDocuments(after)));
  if (after > before) {
    for (let number = Math.max(1, countArchiveDocuments(before)); number <= countArchiveDocuments(after); number++)
      numbers.add(number);
  }
  return [...numbers].sort((a, b) => a - b);
}

async function renderArchive(place: ArchiveSlice, { store, cache }: ChannelTools): Promise<readonly RenderedArticle[]> {
  const rendered = await cache.load(await readArchiveRefs(place, store));
  const ordered = rendered.sort((a, b) => (a.order < b.order ? -1 : 1));
  return cache.fit(ordered, fitArchive(ordered.map(({ weight }) => weight)));
}

export async function readArchiveRefs(
  { channel, number, archived, leaving }: ArchiveSlice,
  store: Pick<Store, 'archived'>,
): Promise<ArticleRef[]> {
  const from = (number - 1) * ARCHIVE_ARTICLES;
  const to = number * ARCHIVE_ARTICLES;
  const joining = leaving.slice(Math.max(0, from - archived), Math.max(0, to - archived));
  return [...(await store.archived(channel, from, Math.min(to, archived))), ...joining];
}

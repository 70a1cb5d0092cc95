/** All that an edition says, gathered from its documents: each article once, with every place in which it stands. */
import type { ArticleId, Image } from '../../model/article.js';
import { type ChannelPath, STORIES } from '../../model/channel.js';
import type { Sink } from '../../ports/sink.js';
import { type PublishedDocument, publishedDocuments, readPublishedDocument } from './published-documents.js';
import type { PublishedEntry, PublishedFeed } from './published-feed.js';

export interface PublishedArticle extends PublishedEntry {
  /** In the order in which they were met: `all`, sources, topics. */
  readonly channels: Set<ChannelPath>;
}

interface PublishedChannel {
  /** Its head; null: it could not be read. */
  head: Pick<PublishedFeed, 'title' | 'language' | 'updated'> | null;
  /** Articles of its head. */
  ids: readonly ArticleId[];
  /** Articles of each archive document, by its number; null: it could not be read. */
  readonly archive: Map<number, readonly ArticleId[] | null>;
}

export interface PublishedEdition {
  /** As readers see them, the newest first. */
  readonly articles: Map<ArticleId, PublishedArticle>;
  /** What heads say was taken back, and no document shows: when, and in which channels. */
  readonly tombstones: Map<ArticleId, { readonly at: Date; readonly channels: ChannelPath[] }>;
  /** `stories` not among them. */
  readonly channels: Map<ChannelPath, PublishedChannel>;
  /** Entries of `stories`; null: it is not published. */
  stories: readonly PublishedEntry[] | null;
  /** What could not be read, a sentence each. */
  readonly problems: string[];
}

/** Reads every document that the manifest names; nothing else in the folder is looked at. */
export async function readPublishedEdition(
  paths: readonly string[],
  sink: Pick<Sink, 'read'>,
  signal: AbortSignal,
): Promise<PublishedEdition> {
  const edition: PublishedEdition = {
    articles: new Map(),
    tombstones: new Map(),
    channels: new Map(),
    stories: null,
    problems: [],
  };
  const { articles, problems } = edition;
  /** Articles whose language no document has said so far. */
  const silent = new Set<ArticleId>();
  for (const document of publishedDocuments(paths)) {
    signal.throwIfAborted();
    // Of articles that are known one format says enough; only Atom says what a head took back.
    const isEnough = ({ items }: PublishedFeed) =>
      document.number !== null && items.every(({ id }) => articles.has(id));
    const [first, ...others] = await readPublishedDocument(document, sink, isEnough, problems);
    const entries = (first?.items ?? []).map((entry) => withImage(entry, others));
    if (document.channel === STORIES) edition.stories = first === undefined ? null : entries;
    else {
      addDocument(edition, document, first === undefined ? null : [first, ...others]);
      for (const entry of entries) addEntry(articles, silent, entry, document.channel, first!.language);
    }
  }
  learnFromStories(edition);
  for (const id of articles.keys()) edition.tombstones.delete(id);
  return edition;
}

function addDocument(
  { channels, tombstones }: PublishedEdition,
  { channel, number }: PublishedDocument,
  versions: readonly PublishedFeed[] | null,
): void {
  const known = channels.get(channel) ?? { head: null, ids: [], archive: new Map() };
  channels.set(channel, known);
  const ids = versions === null ? null : versions[0]!.items.map(({ id }) => id);
  if (number !== null) known.archive.set(number, ids);
  else if (versions !== null) {
    known.ids = ids!;
    known.head = { ...versions[0]!, updated: versions.find(({ updated }) => updated !== undefined)?.updated };
    for (const { id, when: at } of versions.flatMap((version) => version.tombstones)) {
      if (!tombstones.has(id)) tombstones.set(id, { at, channels: [] });
      tombstones.get(id)!.channels.push(channel);
    }
  }
}

function addEntry(
  articles: PublishedEdition['articles'],
  silent: Set<ArticleId>,
  entry: PublishedEntry,
  channel: ChannelPath,
  documentLanguage: string | null,
): void {
  const known = articles.get(entry.id);
  const channels = known?.channels ?? new Set();
  articles.set(entry.id, {
    ...entry,
    ...known,
    // Where a document had no room, another may have had.
    contentHtml: known?.contentHtml ?? entry.contentHtml,
    language: languageOf(known, silent, entry, documentLanguage),
    channels: channels.add(channel),
  });
}

/** Not said: it is that of the document. Where documents of two languages say nothing, the article has none. */
function languageOf(
  known: PublishedArticle | undefined,
  silent: Set<ArticleId>,
  { id, language }: PublishedEntry,
  documentLanguage: string | null,
): string | null {
  if (known !== undefined && !silent.has(id)) return known.language;
  if (language !== null) {
    silent.delete(id);
    return language;
  }
  silent.add(id);
  return known === undefined || known.language === documentLanguage ? documentLanguage : null;
}

/** JSON Feed gives the address of an image alone, Atom its size too, RSS all. */
function withImage(entry: PublishedEntry, others: readonly PublishedFeed[]): PublishedEntry {
  const images = others.map(({ items }) => items.find(({ id }) => id === entry.id)?.image ?? null);
  return { ...entry, image: images.reduce(fuller, entry.image) };
}

function fuller(image: Image | null, other: Image | null): Image | null {
  if (image === null || other === null || image.url !== other.url) return image ?? other;
  const known = (one: Image) => Object.values(one).filter((value) => value !== null).length;
  return known(other) > known(image) ? other : image;
}

/** RSS names an image beside a story's lead where the article itself shows it in its text, and so names it nowhere else. */
function learnFromStories({ articles, stories }: PublishedEdition): void {
  const leads = new Map(stories?.map((entry) => [entry.url, entry]));
  for (const [id, article] of articles) {
    const lead = leads.get(article.url);
    if (lead !== undefined && article.image !== null)
      articles.set(id, { ...article, image: fuller(article.image, lead.image) });
  }
}

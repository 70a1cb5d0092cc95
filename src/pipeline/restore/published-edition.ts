/** Reads a published edition from all its documents: each article once, with its channels and archive places. */

import { isOfSection } from '../../compose/channel.js';
import type { ArticleId, Image } from '../../model/article.js';
import { type ChannelPath, STORIES } from '../../model/channel.js';
import type { Sink } from '../../ports/sink.js';
import { type PublishedDocument, publishedDocuments, readPublishedDocument } from './published-documents.js';
import type { PublishedEntry, PublishedFeed } from './published-feed.js';
import { letSignalsIn } from './yield-to-event-loop.js';

export interface PublishedArticle extends PublishedEntry {
  /** In reading order: `all`, channels, languages, sources, topics. */
  readonly channels: Set<ChannelPath>;
}

interface PublishedChannel {
  /** Its head; null: it could not be read. */
  head: Pick<PublishedFeed, 'title' | 'language' | 'updated'> | null;
  /** Article ids of its head. */
  ids: readonly ArticleId[];
  /** Article ids of each archive document, by number; null: it could not be read. */
  readonly archive: Map<number, readonly ArticleId[] | null>;
}

interface PublishedTombstone {
  readonly at: Date;
  /** Hidden by the section; else withdrawn by its publisher. */
  readonly ofSection: boolean;
  readonly channels: ChannelPath[];
}

export interface PublishedEdition {
  /** In published order, newest first. */
  readonly articles: Map<ArticleId, PublishedArticle>;
  /** Tombstones of heads whose articles no document shows. */
  readonly tombstones: Map<ArticleId, PublishedTombstone>;
  /** Without `stories`. */
  readonly channels: Map<ChannelPath, PublishedChannel>;
  /** Entries of `stories`; null: it is not published. */
  stories: readonly PublishedEntry[] | null;
  /** The date of that feed; null: it tells none. */
  storiesUpdated: Date | null;
  /** The feeds of single stories. */
  readonly storyFeeds: PublishedStoryFeed[];
  /** A sentence for each file that could not be read. */
  readonly problems: string[];
}

/** What one of its formats says. */
export interface PublishedStoryFeed {
  /** Of its address. */
  readonly slug: string;
  readonly feed: Pick<PublishedFeed, 'id' | 'title' | '_story'>;
  /** Newest first. */
  readonly ids: readonly ArticleId[];
  /** Articles whose headline is another in the other feeds, as where an edition was cut short: what it says of their texts is past. */
  readonly outdated: ReadonlySet<ArticleId>;
}

/** Reads every document in the manifest, and no other file. */
export async function readPublishedEdition(
  paths: readonly string[],
  sink: Pick<Sink, 'read'>,
  signal: AbortSignal,
  present: ReadonlyMap<ChannelPath, ChannelPath> = new Map(),
): Promise<PublishedEdition> {
  const edition: PublishedEdition = {
    articles: new Map(),
    tombstones: new Map(),
    channels: new Map(),
    stories: null,
    storiesUpdated: null,
    storyFeeds: [],
    problems: [],
  };
  const { articles, problems } = edition;
  /** Articles without a language so far. */
  const silent = new Set<ArticleId>();
  const documents = publishedDocuments(paths, present).filter(({ channel }) => !channel.startsWith('digests/'));
  for (const document of documents) {
    await letSignalsIn(signal);
    const slug = storySlug(document.channel);
    // One format is enough for known articles; only Atom has the tombstones of a head.
    const isEnough = ({ items }: PublishedFeed) =>
      (document.number !== null || slug !== null) && items.every(({ id }) => articles.has(id));
    const [first, ...others] = await readPublishedDocument(document, sink, isEnough, problems);
    const entries = (first?.items ?? []).map((entry) => withImage(entry, others));
    if (slug !== null) {
      const isOutdated = ({ id, title }: PublishedEntry) => (articles.get(id)?.title ?? title) !== title;
      const outdated = new Set(entries.filter(isOutdated).map(({ id }) => id));
      if (first !== undefined)
        edition.storyFeeds.push({ slug, feed: first, ids: entries.map(({ id }) => id), outdated });
    } else if (document.channel === STORIES) {
      edition.stories = first === undefined ? null : entries;
      edition.storiesUpdated = [first, ...others].find((one) => one?.updated !== undefined)?.updated ?? null;
    } else {
      addDocument(edition, document, first === undefined ? null : [first, ...others]);
      for (const entry of entries) addEntry({ articles, silent }, entry, document.channel, first!.language);
    }
  }
  completeImages(edition);
  for (const id of articles.keys()) edition.tombstones.delete(id);
  return edition;
}

/** null: it is not the feed of one story. */
function storySlug(channel: ChannelPath): string | null {
  return channel.startsWith(`${STORIES}/`) ? channel.slice(STORIES.length + 1) : null;
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
    for (const { id, when: at, comment } of versions.flatMap((version) => version.tombstones)) {
      if (!tombstones.has(id)) tombstones.set(id, { at, ofSection: isOfSection(comment), channels: [] });
      tombstones.get(id)!.channels.push(channel);
    }
  }
}

function addEntry(
  { articles, silent }: Pick<PublishedEdition, 'articles'> & { readonly silent: Set<ArticleId> },
  entry: PublishedEntry,
  channel: ChannelPath,
  documentLanguage: string | null,
): void {
  const known = articles.get(entry.id);
  const channels = known?.channels ?? new Set();
  articles.set(entry.id, {
    ...entry,
    ...known,
    // A document at its size limit leaves content out; another may have it.
    contentHtml: known?.contentHtml ?? entry.contentHtml,
    machine: known === undefined || (!hasText(known) && hasText(entry)) ? entry.machine : known.machine,
    language: entryLanguage(known, silent, entry, documentLanguage),
    channels: channels.add(channel),
  });
}

function hasText({ machine }: Pick<PublishedEntry, 'machine'>): boolean {
  return machine.some(({ contentHtml }) => contentHtml !== null);
}

/** An entry without a language has its document's; in documents of different languages, it has none. */
function entryLanguage(
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

/** JSON Feed has only the address of an image, Atom its size too, RSS everything. */
function withImage(entry: PublishedEntry, others: readonly PublishedFeed[]): PublishedEntry {
  const images = others.map(({ items }) => items.find(({ id }) => id === entry.id)?.image ?? null);
  return { ...entry, image: images.reduce(fuller, entry.image) };
}

function fuller(image: Image | null, other: Image | null): Image | null {
  if (image === null || other === null || image.url !== other.url) return image ?? other;
  const known = (one: Image) => Object.values(one).filter((value) => value !== null).length;
  return known(other) > known(image) ? other : image;
}

/** Completes images from `stories`: RSS describes an image only there where the article's own text shows it. */
function completeImages({ articles, stories }: PublishedEdition): void {
  const leads = new Map(stories?.map((entry) => [entry.url, entry]));
  for (const [id, article] of articles) {
    const lead = leads.get(article.url);
    if (lead !== undefined && article.image !== null)
      articles.set(id, { ...article, image: fuller(article.image, lead.image) });
  }
}

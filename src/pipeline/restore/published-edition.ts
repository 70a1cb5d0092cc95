/** Reads a published edition from its documents: each article once, with its channels and archive places. */

import { isSectionComment } from '../../compose/channel.js';
import type { ArticleId, Image } from '../../model/article.js';
import { type ChannelPath, STORIES } from '../../model/channel.js';
import type { Sink } from '../../ports/sink.js';
import { listPublishedDocuments, type PublishedDocument, readPublishedDocument } from './published-documents.js';
import type { PublishedEntry, PublishedFeed } from './published-feed.js';
import type { FeedFacts } from './published-xml.js';
import { yieldToSignals } from './yield-to-event-loop.js';

export interface PublishedArticle extends PublishedEntry {
  /** In reading order: `all`, channels, languages, sources, topics. */
  readonly channels: Set<ChannelPath>;
}

interface PublishedChannel {
  /** null: the head could not be read. */
  head: Pick<PublishedFeed & FeedFacts, 'title' | 'language' | 'updated'> | null;
  /** Article ids of the head. */
  ids: readonly ArticleId[];
  /** Article ids of each archive document by number; null: could not be read. */
  readonly archive: Map<number, readonly ArticleId[] | null>;
}

interface PublishedTombstone {
  readonly at: Date;
  /** true: hidden by the section; false: withdrawn by its publisher. */
  readonly ofSection: boolean;
  readonly channels: ChannelPath[];
}

export interface PublishedEdition {
  /** In published order, newest first. */
  readonly articles: Map<ArticleId, PublishedArticle>;
  /** Tombstones of articles that no document contains. */
  readonly tombstones: Map<ArticleId, PublishedTombstone>;
  /** Excludes `stories`. */
  readonly channels: Map<ChannelPath, PublishedChannel>;
  /** Entries of `stories`; null: not published. */
  stories: readonly PublishedEntry[] | null;
  /** Date of the `stories` feed; null: none. */
  storiesUpdated: Date | null;
  /** Feeds of single stories. */
  readonly storyFeeds: PublishedStoryFeed[];
  /** One sentence for each unreadable file. */
  readonly problems: string[];
}

export interface PublishedStoryFeed {
  readonly slug: string;
  readonly story: NonNullable<PublishedFeed['_story']>;
  /** Newest first. */
  readonly ids: readonly ArticleId[];
  /** Articles with a different headline in other feeds, after an interrupted run. Their story data is outdated. */
  readonly outdated: ReadonlySet<ArticleId>;
}

/** Reads every JSON Feed document of the manifest. */
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
  const withoutLanguage = new Set<ArticleId>();
  const images = new Map<string, Image>();
  const documents = listPublishedDocuments(paths, present).filter(({ channel }) => !channel.startsWith('digests/'));
  for (const document of documents) {
    await yieldToSignals(signal);
    const slug = document.channel.startsWith(`${STORIES}/`) ? document.channel.slice(STORIES.length + 1) : null;
    const needsFacts = ({ items }: PublishedFeed) =>
      (document.number === null && slug === null) || items.some(({ id }) => !articles.has(id));
    const feed = await readPublishedDocument(document, sink, needsFacts, problems);
    const entries = feed?.items ?? [];
    keepFullestImages(feed?.images ?? [], images);
    if (slug !== null) {
      const isOutdated = ({ id, title }: PublishedEntry) => (articles.get(id)?.title ?? title) !== title;
      const outdated = new Set(entries.filter(isOutdated).map(({ id }) => id));
      const story = feed?._story;
      if (story !== undefined) edition.storyFeeds.push({ slug, story, ids: entries.map(({ id }) => id), outdated });
    } else if (document.channel === STORIES) {
      edition.stories = feed === null ? null : entries;
      edition.storiesUpdated = feed?.updated ?? null;
    } else {
      addDocument(edition, document, feed);
      for (const entry of entries)
        addEntry({ articles, silent: withoutLanguage }, entry, document.channel, feed!.language);
    }
  }
  for (const [id, { image, ...rest }] of articles) {
    if (image !== null) articles.set(id, { ...rest, image: images.get(image.url) ?? image });
    edition.tombstones.delete(id);
  }
  return edition;
}

function addDocument(
  { channels, tombstones }: PublishedEdition,
  { channel, number }: PublishedDocument,
  feed: (PublishedFeed & FeedFacts) | null,
): void {
  const known = channels.get(channel) ?? { head: null, ids: [], archive: new Map() };
  channels.set(channel, known);
  const ids = feed?.items.map(({ id }) => id) ?? null;
  if (number !== null) known.archive.set(number, ids);
  else if (feed !== null) {
    known.ids = ids!;
    known.head = feed;
    for (const { id, at, comment } of feed.tombstones) {
      if (!tombstones.has(id)) tombstones.set(id, { at, ofSection: isSectionComment(comment), channels: [] });
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
    // A document at its size limit omits content that another one may contain.
    contentHtml: known?.contentHtml ?? entry.contentHtml,
    machine: known === undefined || (!hasText(known) && hasText(entry)) ? entry.machine : known.machine,
    language: entryLanguage(known, silent, entry, documentLanguage),
    channels: channels.add(channel),
  });
}

function hasText({ machine }: Pick<PublishedEntry, 'machine'>): boolean {
  return machine.some(({ contentHtml }) => contentHtml !== null);
}

/** An entry without a language inherits its document's. If documents disagree, it has none. */
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

/** Keeps the image with the most facts per URL. Atom has its size, RSS also its text and type in some channels. */
function keepFullestImages(found: readonly Image[], images: Map<string, Image>): void {
  const countFacts = (one: Image | undefined) => Object.values(one ?? {}).filter((value) => value !== null).length;
  for (const image of found) if (countFacts(image) > countFacts(images.get(image.url))) images.set(image.url, image);
}

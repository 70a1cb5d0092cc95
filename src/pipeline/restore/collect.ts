/** All that an edition tells, gathered from its documents: each article once, with every place in which it stands. */
import type { ArticleId, Image } from '../../model/article.js';
import { type ChannelPath, STORIES } from '../../model/channel.js';
import type { Sink } from '../../ports/sink.js';
import { type DocumentFiles, publishedDocuments, readDocument } from './documents.js';
import type { PublishedDocument, PublishedEntry } from './published-entry.js';

export interface PublishedArticle extends PublishedEntry {
  /** In the order in which they were met: `all`, sources, topics. */
  readonly channels: ReadonlySet<ChannelPath>;
  /** Its rank among all articles, as readers see them: 0 is the newest. */
  readonly rank: number;
}

export interface PublishedChannel {
  readonly title: string;
  readonly language: string | null;
  /** Of its head; null: not said. */
  readonly updatedAt: Date | null;
  /** Articles of its head. */
  readonly head: readonly ArticleId[];
  /** Articles of each archive document, by its number; null: it could not be read. */
  readonly archive: ReadonlyMap<number, readonly ArticleId[] | null>;
  readonly tombstones: PublishedDocument['tombstones'];
}

export interface PublishedEdition {
  readonly articles: ReadonlyMap<ArticleId, PublishedArticle>;
  /** `stories` not among them. */
  readonly channels: ReadonlyMap<ChannelPath, PublishedChannel>;
  /** Entries of `stories`; null: it is not published. */
  readonly stories: readonly PublishedEntry[] | null;
  /** What could not be read, a sentence each. */
  readonly problems: readonly string[];
}

/** Reads every document that the manifest names; nothing else in the folder is looked at. */
export async function collectEdition(
  paths: readonly string[],
  sink: Pick<Sink, 'read'>,
  signal: AbortSignal,
): Promise<PublishedEdition> {
  const gathering = new Gathering();
  for (const files of publishedDocuments(paths)) {
    signal.throwIfAborted();
    const { versions, problems } = await readDocument(files, sink, (read) => gathering.wantsMore(files, read));
    gathering.problems.push(...problems);
    gathering.take(files, versions);
  }
  gathering.learnFromStories();
  return gathering;
}

interface GrowingArticle extends PublishedEntry {
  /** Whether some document says its language. */
  readonly languageSaid: boolean;
  readonly channels: Set<ChannelPath>;
  readonly rank: number;
}

interface GrowingChannel {
  title: string;
  language: string | null;
  updatedAt: Date | null;
  head: readonly ArticleId[];
  archive: Map<number, readonly ArticleId[] | null>;
  tombstones: PublishedDocument['tombstones'];
}

class Gathering implements PublishedEdition {
  readonly articles = new Map<ArticleId, GrowingArticle>();
  readonly channels = new Map<ChannelPath, GrowingChannel>();
  stories: readonly PublishedEntry[] | null = null;
  readonly problems: string[] = [];

  /** Heads may take back what only Atom says; what is told for the first time is told by each format in its way. */
  wantsMore({ number }: DocumentFiles, versions: readonly PublishedDocument[]): boolean {
    return number === null || versions[0]!.entries.some(({ id }) => !this.articles.has(id));
  }

  take({ channel, number }: DocumentFiles, versions: readonly PublishedDocument[]): void {
    const [first, ...others] = versions;
    if (channel === STORIES) {
      this.stories = first?.entries.map((entry) => filled(entry, others)) ?? null;
      return;
    }
    const known = this.#channel(channel);
    if (number !== null) known.archive.set(number, first?.entries.map(({ id }) => id) ?? null);
    if (first === undefined) return;
    if (number === null) describeHead(known, versions);
    for (const entry of first.entries) this.#tell(filled(entry, others), channel, first.language);
  }

  /** RSS names an image beside a story's lead where the article itself shows it in its text, and so names it nowhere else. */
  learnFromStories(): void {
    const leads = new Map(this.stories?.map((entry) => [entry.url, entry]));
    for (const [id, article] of this.articles) {
      const lead = leads.get(article.url);
      if (lead !== undefined && article.image !== null)
        this.articles.set(id, { ...article, image: wholeImage(article.image, lead.image) });
    }
  }

  #channel(path: ChannelPath): GrowingChannel {
    const known = this.channels.get(path) ?? {
      title: '',
      language: null,
      updatedAt: null,
      head: [],
      archive: new Map(),
      tombstones: [],
    };
    this.channels.set(path, known);
    return known;
  }

  #tell(entry: PublishedEntry, channel: ChannelPath, language: string | null): void {
    const known = this.articles.get(entry.id);
    const channels = known?.channels ?? new Set();
    channels.add(channel);
    this.articles.set(entry.id, {
      ...entry,
      ...known,
      // Where a document had no room, another may have had.
      contentHtml: known?.contentHtml ?? entry.contentHtml,
      ...languageOf(entry, known, language),
      rank: known?.rank ?? this.articles.size,
      channels,
    });
  }
}

/** Not said: it is that of the document. Where documents of two languages say nothing, the article has none. */
function languageOf(
  entry: PublishedEntry,
  known: GrowingArticle | undefined,
  document: string | null,
): Pick<GrowingArticle, 'language' | 'languageSaid'> {
  if (known?.languageSaid === true) return { language: known.language, languageSaid: true };
  if (entry.language !== null) return { language: entry.language, languageSaid: true };
  const same = known === undefined || known.language === document;
  return { language: same ? document : null, languageSaid: false };
}

function describeHead(channel: GrowingChannel, versions: readonly PublishedDocument[]): void {
  const [first] = versions;
  channel.title = first!.title;
  channel.language = first!.language;
  channel.head = first!.entries.map(({ id }) => id);
  channel.updatedAt = versions.map(({ updatedAt }) => updatedAt).find((date) => date !== null) ?? null;
  channel.tombstones = versions.flatMap(({ tombstones }) => tombstones);
}

/** What one format has no word for, another may have. */
function filled(entry: PublishedEntry, others: readonly PublishedDocument[]): PublishedEntry {
  let whole = entry;
  for (const { entries } of others) {
    const other = entries.find(({ id }) => id === entry.id);
    if (other !== undefined) whole = { ...whole, image: wholeImage(whole.image, other.image) };
  }
  return whole;
}

function wholeImage(image: Image | null, other: Image | null): Image | null {
  if (image === null || other === null || image.url !== other.url) return image ?? other;
  return {
    url: image.url,
    width: image.width ?? other.width,
    height: image.height ?? other.height,
    alt: image.alt ?? other.alt,
    type: image.type ?? other.type,
  };
}

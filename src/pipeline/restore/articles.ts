/** Rebuilds stored articles from a published edition. */
import { articleUrl, WITHDRAWN_PREFIX } from '../../compose/entry.js';
import { topicLabel } from '../../compose/label.js';
import { titleKey } from '../../identity/identified-items.js';
import { mintedKeysOf } from '../../identity/mint.js';
import { isAddress } from '../../model/address.js';
import type { ArticleId, ArticleRef, ArticleText, TopicTag } from '../../model/article.js';
import type { ChannelPath } from '../../model/channel.js';
import type { ArticleKey } from '../../model/identity.js';
import type { MachineMade } from '../../model/machine.js';
import type { SourceId } from '../../model/source.js';
import type { Topic } from '../../model/topic.js';
import type { NewArticle, SourceChanges } from '../../ports/store/sources.js';
import { sanitizeHtml } from '../../sanitize/sanitize.js';
import { slugOf } from '../../text/slug.js';
import { urlKey } from '../../text/url/url.js';
import { datedAs } from './dates.js';
import type { Carriers } from './owners.js';
import type { PublishedArticle, PublishedEdition } from './published-edition.js';

/** An article to be saved. */
export interface RestoredArticle {
  readonly id: ArticleId;
  readonly article: NewArticle;
  /** Target of its entries' links: the publisher's article or our page; null: unknown. */
  readonly link: string | null;
  readonly alsoIn: readonly SourceId[];
  readonly updatedAt: Date | null;
  /** When and how its publisher withdrew it; null: not withdrawn. */
  readonly withdrawn: Pick<SourceChanges['withdrawn'][number], 'at' | 'policy'> | null;
  readonly channels: readonly ChannelPath[];
  /** What machines made of it. */
  readonly machine: readonly MachineMade[];
}

export interface RestoreContext {
  readonly owner: (article: PublishedArticle) => Carriers;
  readonly topics: readonly Pick<Topic, 'id' | 'iptc' | 'label'>[];
  /** Sources of the section itself. */
  readonly own: ReadonlySet<SourceId>;
  /** Sources whose articles' pages are asked for: what was published of them may be the text of the page. */
  readonly withPages: ReadonlySet<SourceId>;
  /** Host in the tag URIs (RFC 4151) of ids that we mint: such ids are no guids of publishers. */
  readonly siteHost: string;
  /** The site's language, for topic labels. */
  readonly language: string;
  /** Base address of the published folder; ends in "/". */
  readonly feedsUrl: string;
}

/** null where the entry leads to our page or to its publication's home, and names no other address (`compose/entry.ts`). */
function publishersUrl({ id, url, publication }: PublishedArticle, feedsUrl: string): string | null {
  return url === articleUrl(feedsUrl, slugOf(id)) || url === publication.url ? null : url;
}

/** Oldest first; refs count from `first`. */
export function restoredArticles(
  edition: PublishedEdition,
  first: ArticleRef,
  context: RestoreContext,
): RestoredArticle[] {
  const dated = datedAs(edition.articles, documentsOf(edition));
  const urls = new Map([...edition.articles].map(([id, entry]) => [id, publishersUrl(entry, context.feedsUrl)]));
  const shared = sharedAddresses(urls.values());
  const oldestFirst = [...edition.articles.values()]
    .reverse()
    .sort((a, b) => a.publishedAt.getTime() - b.publishedAt.getTime());
  return oldestFirst.map((entry, i) => {
    const carriers = context.owner(entry);
    const isWithdrawn = isMarked(entry);
    const title = isWithdrawn ? entry.title.slice(WITHDRAWN_PREFIX.length) : entry.title;
    const text = restoredText({ ...entry, title, url: urls.get(entry.id)! }, context);
    return {
      id: entry.id,
      link: entry.link,
      alsoIn: carriers.alsoIn,
      updatedAt: isWithdrawn ? null : entry.updatedAt,
      withdrawn: isWithdrawn ? { at: entry.updatedAt ?? entry.publishedAt, policy: 'mark' } : null,
      channels: restoredChannels(entry, carriers),
      machine: entry.machine.map((made) => restoredMachine(made, text.url ?? context.feedsUrl)),
      article: {
        ...text,
        ref: first + i,
        sourceId: carriers.sourceId,
        ...dated.get(entry.id)!,
        publishedAt: entry.publishedAt,
        firstSeenAt: entry.publishedAt,
        topics: restoredTopics(entry, context),
        keys: [
          ...(context.own.has(carriers.sourceId) ? mintedKeysOf(entry.id, carriers.sourceId) : []),
          ...keysOf(text, entry.publishedAt, carriers.sourceId, shared),
        ],
        mintOnly: false,
        ...(context.withPages.has(carriers.sourceId) && restoredFullText(text)),
      },
    };
  });
}

/** Else the next document of its feed would put its own shorter text in its place. */
function restoredFullText({ contentHtml }: ArticleText): Pick<NewArticle, 'fullText'> {
  if (contentHtml === null) return {};
  return { fullText: { outcome: 'restored', html: contentHtml, detail: null, failures: 0 } };
}

/** Article ids of each document, in order. */
function documentsOf({ channels }: PublishedEdition): (readonly ArticleId[])[] {
  return [...channels.values()].flatMap(({ ids, archive }) => [
    ids,
    ...[...archive.values()].map((each) => each ?? []),
  ]);
}

/** Whether it is marked as withdrawn, as `compose/entry.ts` does it. */
function isMarked({ title, summary, contentHtml, image }: PublishedArticle): boolean {
  return title.startsWith(WITHDRAWN_PREFIX) && summary === '' && contentHtml === null && image === null;
}

/** Sanitised again, as the article's own text is. */
function restoredMachine(made: MachineMade, baseUrl: string): MachineMade {
  return { ...made, contentHtml: made.contentHtml && (sanitizeHtml(made.contentHtml, { baseUrl }) || null) };
}

type PublishedText = Omit<ArticleText, 'guid' | 'attribution' | 'categories' | 'contentHash'> &
  ArticleText['attribution'] & { readonly id: ArticleId };

function restoredText(entry: PublishedText, { siteHost }: Pick<RestoreContext, 'siteHost'>): ArticleText {
  const { id, url, title, summary, contentHtml, authors, language, image, enclosures, episode, discussionUrl, rights } =
    entry;
  return {
    guid: id.startsWith(`tag:${siteHost},`) ? null : id,
    url,
    title,
    summary,
    // Sanitised again: unchanged where we wrote it, but others may have written to the folder.
    contentHtml: contentHtml && (sanitizeHtml(contentHtml, { baseUrl: url ?? `https://${siteHost}/` }) || null),
    authors,
    attribution: { publication: entry.publication, via: entry.via, credited: entry.credited },
    language,
    image,
    enclosures,
    episode,
    discussionUrl,
    categories: [],
    rights,
    // Unknown: feeds need not contain everything it covers (identity/revision.ts).
    contentHash: '',
  };
}

function keysOf(
  { guid, url, title }: ArticleText,
  publishedAt: Date,
  sourceId: SourceId,
  shared: ReadonlySet<string>,
): ArticleKey[] {
  const keys = guidKeys(guid, sourceId);
  if (url !== null && !shared.has(urlKey(url))) keys.push({ kind: 'url', value: urlKey(url) });
  const titled = titleKey(title, publishedAt);
  if (titled !== null) keys.push({ kind: 'title', sourceId, value: titled });
  return keys;
}

function guidKeys(guid: string | null, sourceId: SourceId): ArticleKey[] {
  return guid === null ? [] : [{ kind: 'guid', sourceId, value: guid }];
}

/** Addresses of several articles (tickers, live blogs): they do not identify one. */
function sharedAddresses(urls: Iterable<string | null>): ReadonlySet<string> {
  const seen = new Set<string>();
  const keys = [...urls].flatMap((url) => (url === null ? [] : urlKey(url)));
  return new Set(keys.filter((key) => seen.has(key) || !seen.add(key)));
}

/**
 * Its published channels, and those of its sources, published or not. Folded near-duplicates are in the latter only; articles of a topic,
 * a question or a language are in `all` too.
 */
function restoredChannels({ channels }: PublishedArticle, { sourceId, alsoIn }: Carriers): ChannelPath[] {
  const isShown = [...channels].some((path) => /^(?:topics|channels|language)\//.test(path));
  const own = [sourceId, ...alsoIn].map((id) => `sources/${id}`);
  return [...new Set([...(isShown ? ['all'] : []), ...channels, ...own])];
}

/** In the order of the entry. Of topics with the same label, which entries name once, those whose channels show it. */
function restoredTopics(entry: PublishedArticle, { topics, language }: RestoreContext): TopicTag[] {
  const ids = entry.topics.flatMap(({ id: term, label }) => {
    const meant = topics.filter(
      (topic) => topic.id === term || topic.iptc === term || topicLabel(topic, language) === label,
    );
    const shown = meant.filter(({ id }) => entry.channels.has(`topics/${id}`));
    return (shown.length > 0 ? shown : meant.slice(0, 1)).map(({ id }) => id);
  });
  return [...new Set(ids)].map((topicId) => ({ topicId, score: 0, because: [] }));
}

interface TombstoneContext extends Pick<RestoreContext, 'siteHost' | 'own'> {
  /** Keys of articles that are there. */
  readonly living: ReadonlySet<string>;
}

/** Withdrawn articles from tombstones (RFC 6721), so that heads keep them and their ids are never reused. Refs count from `first`. */
export function restoredTombstones(
  { tombstones }: Pick<PublishedEdition, 'tombstones'>,
  first: ArticleRef,
  context: TombstoneContext,
): RestoredArticle[] {
  return [...tombstones].map(([id, { at, channels }], i) => {
    const sourceId = channels.find((path) => path.startsWith('sources/'))?.slice(8) ?? 'unknown';
    const article = restoredTombstone({ id, at, sourceId, ref: first + i }, context);
    return {
      id,
      article,
      link: article.url,
      alsoIn: [],
      updatedAt: null,
      withdrawn: { at, policy: 'remove' },
      channels,
      machine: [],
    };
  });
}

/** A placeholder: only its id is known. */
function restoredTombstone(
  { id, at, sourceId, ref }: { readonly id: ArticleId; readonly at: Date } & Pick<NewArticle, 'sourceId' | 'ref'>,
  { siteHost, own, living }: TombstoneContext,
): NewArticle {
  const url = isAddress(id) && /^https?:/.test(id) ? id : null;
  const publication = { title: sourceId, url: null, feedUrl: null };
  const unsaid = {
    summary: '',
    contentHtml: null,
    authors: [],
    language: null,
    image: null,
    enclosures: [],
    episode: null,
    discussionUrl: null,
    rights: null,
  };
  const text = restoredText({ ...unsaid, id, url, title: id, publication, via: null, credited: null }, { siteHost });
  return {
    ...text,
    ref,
    sourceId,
    place: 0,
    publishedAt: at,
    publishedAtFrom: 'first-seen',
    firstSeenAt: at,
    topics: [],
    keys: [
      ...(own.has(sourceId) ? mintedKeysOf(id, sourceId) : []),
      ...guidKeys(text.guid, sourceId),
      // What was taken down comes back from no other source either, whichever is read first.
      ...(url === null || living.has(urlKey(url)) ? [] : [{ kind: 'url' as const, value: urlKey(url) }]),
    ],
    mintOnly: true,
  };
}

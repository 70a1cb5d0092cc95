/** Rebuilds stored articles from a published edition. */
import { articleUrl, WITHDRAWN_PREFIX } from '../../compose/entry.js';
import { topicLabel } from '../../compose/label.js';
import { titleKey } from '../../identity/identified-items.js';
import { readMintedKeys } from '../../identity/mint.js';
import { isAddress } from '../../model/address.js';
import type { ArticleId, ArticleRef, ArticleText, TopicTag } from '../../model/article.js';
import type { ChannelPath } from '../../model/channel.js';
import type { ArticleKey } from '../../model/identity.js';
import type { MachineMade } from '../../model/machine.js';
import type { SourceId } from '../../model/source.js';
import type { Topic } from '../../model/topic.js';
import type { NewArticle, SourceChanges } from '../../ports/store/sources.js';
import { sanitizeHtml } from '../../sanitize/sanitize.js';
import { toSlug } from '../../text/slug.js';
import { urlKey } from '../../text/url/url.js';
import { inferDateOrigins } from './dates.js';
import type { Carriers } from './owners.js';
import type { PublishedArticle, PublishedEdition } from './published-edition.js';

export interface RestoredArticle {
  readonly id: ArticleId;
  readonly article: NewArticle;
  /** Link target: the publisher's article or our page; null: unknown. */
  readonly link: string | null;
  readonly alsoIn: readonly SourceId[];
  readonly updatedAt: Date | null;
  /** Time and policy of the withdrawal; null: not withdrawn. */
  readonly withdrawn: Pick<SourceChanges['withdrawn'][number], 'at' | 'policy'> | null;
  readonly channels: readonly ChannelPath[];
  /** Content made by machines. */
  readonly machine: readonly MachineMade[];
}

export interface RestoreContext {
  readonly owner: (article: PublishedArticle) => Carriers;
  readonly topics: readonly Pick<Topic, 'id' | 'iptc' | 'label'>[];
  /** Sources of the section's own posts. */
  readonly own: ReadonlySet<SourceId>;
  /** Sources whose article pages are fetched. Their published text may come from the page. */
  readonly withPages: ReadonlySet<SourceId>;
  /** Host in the tag URIs (RFC 4151) that we mint. Such ids are not publisher guids. */
  readonly siteHost: string;
  /** Site language, used for topic labels. */
  readonly language: string;
  /** Base URL of the published folder; ends in "/". */
  readonly feedsUrl: string;
}

/** null if the entry links to our page or the publication's home page instead of an article (`compose/entry.ts`). */
function findPublisherUrl({ id, url, publication }: PublishedArticle, feedsUrl: string): string | null {
  return url === articleUrl(feedsUrl, toSlug(id)) || url === publication.url ? null : url;
}

/** Returns the oldest first. Refs count from `first`. */
export function rebuildArticles(
  edition: PublishedEdition,
  first: ArticleRef,
  context: RestoreContext,
): RestoredArticle[] {
  const dated = inferDateOrigins(edition.articles, listDocuments(edition));
  const urls = new Map([...edition.articles].map(([id, entry]) => [id, findPublisherUrl(entry, context.feedsUrl)]));
  const shared = findSharedUrls(urls.values());
  const oldestFirst = [...edition.articles.values()]
    .reverse()
    .sort((a, b) => a.publishedAt.getTime() - b.publishedAt.getTime());
  return oldestFirst.map((entry, i) => {
    const carriers = context.owner(entry);
    const isWithdrawn =
      // Detects the mark for withdrawn articles of `compose/entry.ts`.
      entry.title.startsWith(WITHDRAWN_PREFIX) &&
      entry.summary === '' &&
      entry.contentHtml === null &&
      entry.image === null;
    const title = isWithdrawn ? entry.title.slice(WITHDRAWN_PREFIX.length) : entry.title;
    const text = rebuildText({ ...entry, title, url: urls.get(entry.id)! }, context);
    return {
      id: entry.id,
      link: entry.link,
      alsoIn: carriers.alsoIn,
      updatedAt: isWithdrawn ? null : entry.updatedAt,
      withdrawn: isWithdrawn ? { at: entry.updatedAt ?? entry.publishedAt, policy: 'mark' } : null,
      channels: rebuildChannels(entry, carriers),
      machine: entry.machine.map((made) => rebuildMachineMade(made, text.url ?? context.feedsUrl)),
      article: {
        ...text,
        ref: first + i,
        sourceId: carriers.sourceId,
        ...dated.get(entry.id)!,
        publishedAt: entry.publishedAt,
        firstSeenAt: entry.publishedAt,
        topics: rebuildTopics(entry, context),
        keys: [
          ...(context.own.has(carriers.sourceId) ? readMintedKeys(entry.id, carriers.sourceId) : []),
          ...listArticleKeys(text, entry.publishedAt, carriers.sourceId, shared),
        ],
        mintOnly: false,
        ...(context.withPages.has(carriers.sourceId) && rebuildFullText(text)),
      },
    };
  });
}

/** Prevents the next feed document from replacing the text with its own shorter one. */
function rebuildFullText({ contentHtml }: ArticleText): Pick<NewArticle, 'fullText'> {
  if (contentHtml === null) return {};
  return { fullText: { outcome: 'restored', html: contentHtml, detail: null, failures: 0 } };
}

/** Lists the article ids of each document in order. */
function listDocuments({ channels }: PublishedEdition): (readonly ArticleId[])[] {
  return [...channels.values()].flatMap(({ ids, archive }) => [
    ids,
    ...[...archive.values()].map((each) => each ?? []),
  ]);
}

/** Sanitised again, like the article text. */
function rebuildMachineMade(made: MachineMade, baseUrl: string): MachineMade {
  return { ...made, contentHtml: made.contentHtml && (sanitizeHtml(made.contentHtml, { baseUrl }) || null) };
}

type PublishedText = Omit<ArticleText, 'guid' | 'attribution' | 'categories' | 'contentHash'> &
  ArticleText['attribution'] & { readonly id: ArticleId };

function rebuildText(entry: PublishedText, { siteHost }: Pick<RestoreContext, 'siteHost'>): ArticleText {
  const { id, url, title, summary, contentHtml, authors, language, image, enclosures, episode, discussionUrl, rights } =
    entry;
  return {
    guid: id.startsWith(`tag:${siteHost},`) ? null : id,
    url,
    title,
    summary,
    // Sanitised again, because someone else may have changed the folder.
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
    // Unknown: feeds may not contain everything that the hash covers (identity/revision.ts).
    contentHash: '',
  };
}

function listArticleKeys(
  { guid, url, title }: ArticleText,
  publishedAt: Date,
  sourceId: SourceId,
  shared: ReadonlySet<string>,
): ArticleKey[] {
  const keys = buildGuidKeys(guid, sourceId);
  if (url !== null && !shared.has(urlKey(url))) keys.push({ kind: 'url', value: urlKey(url) });
  const titled = titleKey(title, publishedAt);
  if (titled !== null) keys.push({ kind: 'title', sourceId, value: titled });
  return keys;
}

function buildGuidKeys(guid: string | null, sourceId: SourceId): ArticleKey[] {
  return guid === null ? [] : [{ kind: 'guid', sourceId, value: guid }];
}

/** URLs shared by several articles (tickers, live blogs) do not identify an article. */
function findSharedUrls(urls: Iterable<string | null>): ReadonlySet<string> {
  const seen = new Set<string>();
  const keys = [...urls].flatMap((url) => (url === null ? [] : urlKey(url)));
  return new Set(keys.filter((key) => seen.has(key) || !seen.add(key)));
}

/**
 * Published channels plus the channels of the sources. Folded near-duplicates are only in the latter. Articles of a topic, a question
 * or a language are also in `all`.
 */
function rebuildChannels({ channels }: PublishedArticle, { sourceId, alsoIn }: Carriers): ChannelPath[] {
  const isShown = [...channels].some((path) => /^(?:topics|channels|language)\//.test(path));
  const own = [sourceId, ...alsoIn].map((id) => `sources/${id}`);
  return [...new Set([...(isShown ? ['all'] : []), ...channels, ...own])];
}

/** Keeps entry order. Among topics with the same label, selects those with a channel that contains the entry. */
function rebuildTopics(entry: PublishedArticle, { topics, language }: RestoreContext): TopicTag[] {
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
  /** Keys of restored articles. */
  readonly living: ReadonlySet<string>;
}

/** Restores withdrawn articles from tombstones (RFC 6721), so that their ids are never reused. Refs count from `first`. */
export function rebuildTombstones(
  { tombstones }: Pick<PublishedEdition, 'tombstones'>,
  first: ArticleRef,
  context: TombstoneContext,
): RestoredArticle[] {
  return [...tombstones].map(([id, { at, channels }], i) => {
    const sourceId = channels.find((path) => path.startsWith('sources/'))?.slice(8) ?? 'unknown';
    const article = rebuildTombstone({ id, at, sourceId, ref: first + i }, context);
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

/** A placeholder with only an id. */
function rebuildTombstone(
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
  const text = rebuildText({ ...unsaid, id, url, title: id, publication, via: null, credited: null }, { siteHost });
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
      ...(own.has(sourceId) ? readMintedKeys(id, sourceId) : []),
      ...buildGuidKeys(text.guid, sourceId),
      // A removed article must not return through another source.
      ...(url === null || living.has(urlKey(url)) ? [] : [{ kind: 'url' as const, value: urlKey(url) }]),
    ],
    mintOnly: true,
  };
}

/** Articles as a store would hold them, made of what an edition tells of them. */

import { titleKey } from '../../identity/identified-items.js';
import { isAddress } from '../../model/address.js';
import type { Article, ArticleId, ArticleRef, ArticleText, TopicTag } from '../../model/article.js';
import type { ChannelPath } from '../../model/channel.js';
import type { ArticleKey } from '../../model/identity.js';
import type { Topic } from '../../model/topic.js';
import type { NewArticle } from '../../ports/store/sources.js';
import { sanitizeHtml } from '../../sanitize/sanitize.js';
import { urlKey } from '../../text/url/url.js';
import type { PublishedArticle, PublishedEdition } from './collect.js';
import { datedAs } from './dates.js';
import type { Carriers } from './owners.js';

/** What is written into the store of one article. */
export interface RestoredArticle {
  readonly id: ArticleId;
  readonly article: NewArticle;
  /** What its entries link to: the publisher's article, or our page. */
  readonly link: string;
  readonly alsoIn: Carriers['alsoIn'];
  readonly updatedAt: Date | null;
  /** When its publisher took it back, and it stayed, marked; null: it stands. */
  readonly markedAt: Date | null;
  readonly channels: readonly ChannelPath[];
}

export interface RestoreContext {
  readonly owner: (article: PublishedArticle) => Carriers;
  readonly topics: readonly Pick<Topic, 'id' | 'iptc' | 'label'>[];
  /** Ids that we make ourselves begin so (RFC 4151): they are nobody's guid. */
  readonly siteHost: string;
  readonly labelOf: (topic: Pick<Topic, 'id' | 'label'>) => string;
}

const MARKED = 'Withdrawn: ';

/** Oldest first; refs count from `first`. */
export function restoredArticles(
  edition: PublishedEdition,
  first: ArticleRef,
  context: RestoreContext,
): RestoredArticle[] {
  const dated = datedAs(edition.articles, sequences(edition));
  const shared = sharedAddresses(edition.articles.values());
  const topicsOf = createTopics(context);
  const told = [...edition.articles.values()].sort(
    (a, b) => a.publishedAt.getTime() - b.publishedAt.getTime() || b.rank - a.rank,
  );
  return told.map((entry, i) => {
    const { sourceId, alsoIn } = context.owner(entry);
    const markedAt = isMarked(entry) ? (entry.updatedAt ?? entry.publishedAt) : null;
    const text = textOf(entry, markedAt, context);
    return {
      id: entry.id,
      link: entry.link,
      alsoIn,
      markedAt,
      updatedAt: markedAt === null ? entry.updatedAt : null,
      channels: channelsOf(entry, { sourceId, alsoIn }),
      article: {
        ...text,
        ref: first + i,
        sourceId,
        ...dated.get(entry.id)!,
        publishedAt: entry.publishedAt,
        firstSeenAt: entry.publishedAt,
        topics: topicsOf(entry),
        keys: keysOf(entry, text, sourceId, shared),
        mintOnly: false,
      },
    };
  });
}

function* sequences({ channels }: PublishedEdition): Iterable<readonly ArticleId[]> {
  for (const { head, archive } of channels.values()) {
    yield head;
    for (const ids of archive.values()) if (ids !== null) yield ids;
  }
}

/** As `compose/entry.ts` marks what was withdrawn. */
function isMarked({ title, summary, contentHtml, image }: PublishedArticle): boolean {
  return title.startsWith(MARKED) && summary === '' && contentHtml === null && image === null;
}

function textOf(entry: PublishedArticle, markedAt: Date | null, { siteHost }: RestoreContext): ArticleText {
  const { id, url, title, summary, contentHtml, authors, language, image, enclosures, rights } = entry;
  return {
    guid: id.startsWith(`tag:${siteHost},`) ? null : id,
    url,
    title: markedAt === null ? title : title.slice(MARKED.length),
    summary,
    // As it was, if it was ours; else it comes from whoever could write into the folder.
    contentHtml: contentHtml && (sanitizeHtml(contentHtml, { baseUrl: url }) || null),
    authors,
    attribution: { publication: entry.publication, via: entry.via, credited: entry.credited },
    language,
    image,
    enclosures,
    categories: [],
    rights,
    // Not known: our feeds never held all of it (identity/revision.ts).
    contentHash: '',
  };
}

function keysOf(
  { publishedAt }: PublishedArticle,
  { guid, url, title }: ArticleText,
  sourceId: string,
  shared: ReadonlySet<string>,
): ArticleKey[] {
  const keys: ArticleKey[] = [];
  if (guid !== null) keys.push({ kind: 'guid', sourceId, value: guid });
  if (!shared.has(urlKey(url))) keys.push({ kind: 'url', value: urlKey(url) });
  const named = titleKey(title, publishedAt);
  if (named !== null) keys.push({ kind: 'title', sourceId, value: named });
  return keys;
}

/** Tickers and live blogs: an address of several articles names none of them. */
function sharedAddresses(articles: Iterable<PublishedArticle>): ReadonlySet<string> {
  const seen = new Set<string>();
  const shared = new Set<string>();
  for (const { url } of articles) {
    const key = urlKey(url);
    if (seen.has(key)) shared.add(key);
    seen.add(key);
  }
  return shared;
}

/**
 * Where it stood, and in the channels of its sources, published or not. Near-duplicates that were folded stand in these alone;
 * what a topic shows is in `all` too.
 */
function channelsOf({ channels }: PublishedArticle, { sourceId, alsoIn }: Carriers): ChannelPath[] {
  const inTopic = [...channels].some((path) => path.startsWith('topics/'));
  const own = [sourceId, ...alsoIn].map((id) => `sources/${id}`);
  return [...new Set([...(inTopic ? ['all'] : []), ...channels, ...own])];
}

/** In the order in which the entry names them. Of topics of one name, which it names once, those whose channels show it. */
function createTopics({ topics, labelOf }: RestoreContext): (entry: PublishedArticle) => readonly TopicTag[] {
  return ({ topics: named, channels }) => {
    const ids = named.flatMap(({ term, label }) => {
      const meant = topics.filter((topic) => topic.id === term || topic.iptc === term || labelOf(topic) === label);
      const shown = meant.filter(({ id }) => channels.has(`topics/${id}`));
      return (shown.length > 0 ? shown : meant.slice(0, 1)).map(({ id }) => id);
    });
    return [...new Set(ids)].map((topicId) => ({ topicId, score: 0, because: [] }));
  };
}

/** What was taken back and is still told of: nothing is known of it but its id. */
export function tombstoneArticle(
  id: ArticleId,
  at: Date,
  sourceId: string,
  ref: ArticleRef,
  siteHost: string,
): NewArticle & Pick<Article, 'id'> {
  const guid = id.startsWith(`tag:${siteHost},`) ? null : id;
  const url = isAddress(id) && /^https?:/.test(id) ? id : `https://${siteHost}/`;
  const publication = { title: sourceId, url: null, feedUrl: null };
  return {
    id,
    ref,
    sourceId,
    guid,
    url,
    title: id,
    summary: '',
    contentHtml: null,
    authors: [],
    attribution: { publication, via: null, credited: null },
    language: null,
    image: null,
    enclosures: [],
    categories: [],
    rights: null,
    contentHash: '',
    place: 0,
    publishedAt: at,
    publishedAtFrom: 'first-seen',
    firstSeenAt: at,
    topics: [],
    keys: guid === null ? [] : [{ kind: 'guid', sourceId, value: guid }],
    mintOnly: true,
  };
}

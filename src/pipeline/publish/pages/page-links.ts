/** Finds the articles that a page lists: its story, older ones in its topics, and similar ones. */

import { commonMentions, isAlsoReported, type Mentions, mentionsOf } from '../../../cluster/across-languages.js';
import { chooseRelated, createReporterCounter, type RelatedArticle } from '../../../cluster/related.js';
import { unpackVector } from '../../../cluster/terms/packed-vector.js';
import { dot } from '../../../cluster/terms/vector.js';
import { weighByLanguage } from '../../../cluster/terms/weigh.js';
import { readArticle } from '../../../cluster/text/reading.js';
import type { EntryFactory } from '../../../compose/entry.js';
import { chooseMoreNews, type NewsItem } from '../../../compose/more-news.js';
import { pageEntry } from '../../../compose/page-entry.js';
import type { Article, ArticleRef } from '../../../model/article.js';
import type { ChannelPath, Entry } from '../../../model/channel.js';
import { isShown } from '../../../model/desk.js';
import { toOrderKey } from '../../../model/order.js';
import type { PageEntry } from '../../../model/page.js';
import type { StoryRecord, StoryRef } from '../../../model/story.js';
import type { Store } from '../../../ports/store/store.js';
import { toSlug } from '../../../text/slug.js';
import { primaryLanguage } from '../../../text/stem.js';
import { shortHash } from '../../facts/page-fingerprints.js';

/** Number of older articles considered in the first topic, the second topic, and all. */
const REACH = [40, 20, 40] as const;
/** Maximum number of newer articles per channel that may list an article. */
export const FARTHEST = Math.max(...REACH);
const RECOMMENDED = 4;
/** Articles that share topics or a name are closer than this; in a small section, the rest would be irrelevant. */
const RELATED_LIMITS = { scope: 'other-stories', least: 0.12 } as const;
/** Cached summaries, about 2 kB each. Neighbouring articles share neighbours. */
const KEPT = 20_000;
/** Enough for all neighbours in the topics of a section; each is used for about a hundred pages. */
const MENTIONS_KEPT = KEPT / 4;
/** Read-ahead factor: the next article needs nearly the same neighbours. */
const AHEAD = 8;

export interface ArticleSummary extends RelatedArticle, NewsItem {
  readonly ref: ArticleRef;
  readonly shown: PageEntry;
  readonly withdrawn: boolean;
  readonly hidden: boolean;
  readonly story: StoryRef | null;
  readonly topicIds: readonly string[];
  /** Lower and upper bound of order keys with its date. */
  readonly dates: { readonly from: string; readonly to: string };
  readonly own: string;
}

export interface Links {
  readonly more: readonly ArticleSummary[];
  readonly alike: readonly ArticleSummary[];
  /** null: fewer than two publications report its story. */
  readonly findStory: { readonly slug: string; readonly reports: number } | null;
}

type Reads = Pick<
  Store,
  'articles' | 'visibleArticles' | 'neighbours' | 'stories' | 'findStoryRefs' | 'filterMultiSource'
>;

export class PageLinks {
  readonly #store: Reads;
  readonly entryOf: EntryFactory;
  readonly #summaries = new Map<ArticleRef, ArticleSummary>();
  readonly #stories = new Map<StoryRef, StoryRecord>();
  readonly #mentions = new Map<ArticleRef, Mentions>();
  readonly #stretches = new Map<ChannelPath, Stretch>();
  readonly #withStories: boolean;
  readonly #kept: number;

  /** `withStories` false: ignores stories. `kept`: cache size. */
  constructor(store: Reads, entryOf: EntryFactory, withStories: boolean, kept = KEPT) {
    this.#store = store;
    this.#kept = kept;
    this.entryOf = entryOf;
    this.#withStories = withStories;
  }

  /** Includes withdrawn and pruned articles, but not pending ones or those both withdrawn and pruned. */
  async loadSummaries(refs: readonly ArticleRef[]): Promise<ArticleSummary[]> {
    const found = new Map<ArticleRef, ArticleSummary>();
    const missing = new Set<ArticleRef>();
    for (const ref of refs) {
      const known = this.#summaries.get(ref);
      if (known === undefined) missing.add(ref);
      else found.set(ref, known); // before loading, which may evict it
    }
    for (const summary of await this.#load([...missing])) found.set(summary.ref, summary);
    return refs.flatMap((ref) => found.get(ref) ?? []);
  }

  async #load(refs: readonly ArticleRef[]): Promise<ArticleSummary[]> {
    if (refs.length === 0) return [];
    const stories = this.#withStories ? await this.#store.findStoryRefs(refs) : new Map<ArticleRef, StoryRef>();
    return (await this.#articles(refs)).map((article) => {
      const summary = toSummary(article, this.entryOf(article), stories.get(article.ref) ?? null);
      addToCache(this.#summaries, summary.ref, summary, this.#kept);
      return summary;
    });
  }

  /** Pages of pruned articles show what the archive shows. */
  async #articles(refs: readonly ArticleRef[]): Promise<readonly Article[]> {
    const kept = await this.#store.articles(refs);
    if (kept.length === refs.length) return kept;
    const known = new Set(kept.map(({ ref }) => ref));
    return [...kept, ...(await this.#store.visibleArticles(refs.filter((ref) => !known.has(ref))))];
  }

  async findLinks(article: ArticleSummary): Promise<Links> {
    const [first, second, all] = await this.#findOlder(article);
    const findNearby = [...new Set([...first!, ...second!, ...all!])];
    const foreign = this.#findForeignReports(article, findNearby);
    const tellers = createReporterCounter(findNearby, toStoryKey);
    const sameStory = await this.#findStoryArticles(article);
    const more = chooseMoreNews(article, sameStory, foreign, first!, tellers);
    const named = new Set(more.map(({ ref }) => ref));
    const others = findNearby.filter(({ ref }) => ref !== article.ref && !named.has(ref));
    const candidates = others.map((other) => ({ article: other, cosine: dot(article.vector, other.vector) }));
    const alike = chooseRelated(article, candidates, { limit: RECOMMENDED, ...RELATED_LIMITS, storyOf: toStoryKey });
    return { more, alike: alike.map((one) => one.article), findStory: await this.#describeStory(article, sameStory) };
  }

  /** No newer than the given article; possibly includes it. */
  async nearby(article: ArticleSummary): Promise<readonly ArticleSummary[]> {
    return [...new Set((await this.#findOlder(article)).flat())];
  }

  /** Most related stories with several sources, no newer than the given article. */
  async findRelatedStories(article: ArticleSummary, limit: number): Promise<StoryRef[]> {
    const nearby = (await this.nearby(article)).filter(({ ref }) => ref !== article.ref);
    const stories = await this.#store.filterMultiSource(nearby.flatMap(({ story }) => story ?? []));
    const others = nearby.filter(({ story }) => story !== null && stories.has(story));
    const candidates = others.map((other) => ({ article: other, cosine: dot(article.vector, other.vector) }));
    const related = chooseRelated(article, candidates, { limit, ...RELATED_LIMITS, storyOf: toStoryKey });
    return related.flatMap((one) => one.article.story ?? []);
  }

  async #describeStory(article: ArticleSummary, others: readonly ArticleSummary[]): Promise<Links['findStory']> {
    const record = others.length === 0 ? null : await this.story(article);
    if (record === null) return null;
    const isMember = record.members.some((one) => one.article === article.ref && one.role === 'member');
    const reports = isMember && !article.withdrawn ? [article, ...others] : others;
    const isTold = new Set(reports.map(({ publication }) => publication)).size > 1;
    return isTold ? { slug: toSlug(record.id), reports: reports.length } : null;
  }

  async story({ story }: Pick<ArticleSummary, 'story'>): Promise<StoryRecord | null> {
    if (story === null) return null;
    const known = this.#stories.get(story);
    if (known !== undefined) return known;
    const [record] = await this.#store.stories([story]);
    if (record === undefined) return null;
    addToCache(this.#stories, story, record, this.#kept);
    return record;
  }

  /** Reports of the same event in other languages, no newer than the given article. */
  #findForeignReports(article: ArticleSummary, nearby: readonly ArticleSummary[]): ArticleSummary[] {
    const own = primaryLanguage(article.language);
    const foreign = nearby.filter(({ language }) => primaryLanguage(language) !== own);
    if (foreign.length === 0) return [];
    const mentions = this.#findMentions(article);
    const common = commonMentions(nearby.map((other) => this.#findMentions(other)));
    return foreign.filter((other) => isAlsoReported(mentions, this.#findMentions(other), common));
  }

  #findMentions({ ref, shown }: ArticleSummary): Mentions {
    const known = this.#mentions.get(ref) ?? mentionsOf(shown);
    addToCache(this.#mentions, ref, known, MENTIONS_KEPT);
    return known;
  }

  async #findStoryArticles(article: ArticleSummary): Promise<ArticleSummary[]> {
    const members = (await this.story(article))?.members ?? [];
    const others = members.filter((member) => member.article !== article.ref && member.role === 'member');
    return await this.#findPublished(others.map((member) => member.article));
  }

  /** Articles no newer than the given one, newest first: of its first topic, its second topic, and all. */
  async #findOlder({ topicIds, dates }: ArticleSummary): Promise<ArticleSummary[][]> {
    const [first, second] = topicIds.map((id) => `topics/${id}`);
    const found: ArticleSummary[][] = [];
    for (const [i, channel] of [first, second, 'all'].entries()) {
      found.push(
        channel === undefined
          ? []
          : await this.#findPublished(await this.#readOlderRefs(channel, dates.from, REACH[i]!)),
      );
    }
    return found;
  }

  async #findPublished(refs: readonly ArticleRef[]): Promise<ArticleSummary[]> {
    return (await this.loadSummaries(refs)).filter(({ withdrawn }) => !withdrawn);
  }

  async #readOlderRefs(channel: ChannelPath, from: string, limit: number): Promise<ArticleRef[]> {
    const known = this.#stretches.get(channel);
    const found = known === undefined ? null : sliceStretch(known, from, limit);
    if (found !== null) return found;
    // Includes hidden articles; otherwise hiding one would change the lists of pages that never showed it.
    const rows = await this.#store.neighbours(channel, from, 'older', limit * AHEAD, 'with-hidden');
    const stretch = { from, rows, isAll: rows.length < limit * AHEAD };
    this.#stretches.set(channel, stretch);
    return sliceStretch(stretch, from, limit)!;
  }
}

/** A range of a channel: rows after `from` up to the last row, or to the channel's end if `isAll`. */
interface Stretch {
  readonly from: string;
  readonly rows: readonly { readonly ref: ArticleRef; readonly order: string }[];
  readonly isAll: boolean;
}

/** null: the range contains too few rows. */
function sliceStretch({ from: first, rows, isAll }: Stretch, from: string, limit: number): ArticleRef[] | null {
  if (from < first) return null;
  const start = rows.findIndex(({ order }) => order > from);
  const found = start < 0 ? [] : rows.slice(start, start + limit);
  return found.length < limit && !isAll ? null : found.map(({ ref }) => ref);
}

function addToCache<K, V>(map: Map<K, V>, key: K, value: V, most: number): void {
  map.set(key, value);
  if (map.size <= most) return;
  const [oldest] = map.keys();
  map.delete(oldest!);
}

export function fingerprintEntry(entry: Entry): string {
  return shortHash(entry);
}

function toStoryKey({ id, story }: ArticleSummary): string | number {
  return story ?? id;
}

function toSummary(article: Article, entry: Entry, story: StoryRef | null): ArticleSummary {
  const { id, publication, publishedAt, language, topics } = entry;
  const date = toOrderKey(article).split(' ', 1)[0]!;
  const reading = readArticle({ ...article, publication: [publication.title, article.sourceId] });
  return {
    ref: article.ref,
    id,
    publication: publication.title.toLowerCase(),
    publishedAt: publishedAt.getTime(),
    language,
    topics: topics.map(({ label }) => label),
    story,
    shown: pageEntry(entry),
    withdrawn: !isShown(article),
    hidden: article.hidden !== null,
    topicIds: topics.map((topic) => topic.id),
    // Keys with this date start with it and sort between a space and "~".
    dates: { from: date, to: `${date}~` },
    own: fingerprintEntry(entry),
    vector: unpackVector(weighByLanguage(reading)),
    signature: reading.signature,
  };
}

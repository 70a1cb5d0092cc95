/** Finds the articles that a page lists: its story, older ones in its topics, and similar ones. */
import { deserialize, serialize } from 'node:v8';
import {
  chooseRelated,
  createReporterCounter,
  PER_PUBLICATION,
  type RelatedArticle,
} from '../../../cluster/related.js';
import { unpackVector } from '../../../cluster/terms/packed-vector.js';
import { compareVectors } from '../../../cluster/terms/vector.js';
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
import type { StoredPageFacts } from '../../../ports/store/page-facts.js';
import type { Store } from '../../../ports/store/store.js';
import { toSlug } from '../../../text/slug.js';
import { shortHash } from '../../facts/page-fingerprints.js';

/** Number of older articles considered in the first topic, the second topic, and all. */
const REACH = [40, 20, 40] as const;
/** Maximum number of newer articles per channel that may list an article. */
const FARTHEST = Math.max(...REACH);
const RECOMMENDED = 4;
/** Articles that share less are rarely related. */
const RELATED_LIMITS = { scope: 'other-stories', least: 0.08 } as const;
/** Cached summaries, about 5 kB each. Neighbouring articles share neighbours. */
const KEPT = 5_000;
/** Summaries per query. */
const AT_ONCE = 500;
const NO_STORY = { story: null, isMultiSource: false };
/** Read-ahead factor: the next article needs nearly the same neighbours. */
const AHEAD = 8;

export interface ArticleSummary extends PageFacts, Pick<StoredPageFacts, 'story' | 'isMultiSource'> {}

/** What the store keeps of a summary. */
interface PageFacts extends RelatedArticle, Omit<NewsItem, 'story'> {
  readonly ref: ArticleRef;
  readonly shown: PageEntry;
  readonly withdrawn: boolean;
  readonly hidden: boolean;
  readonly topicIds: readonly string[];
  /** Lower and upper bound of order keys with its date. */
  readonly dates: { readonly from: string; readonly to: string };
  readonly own: string;
  /** As in `StoredPageFacts`. */
  readonly key: string;
}

export interface Links {
  readonly more: readonly ArticleSummary[];
  readonly alike: readonly ArticleSummary[];
  /** null: fewer than two publications report its story. */
  readonly findStory: { readonly slug: string; readonly reports: number } | null;
}

type Reads = Pick<Store, 'articles' | 'visibleArticles' | 'neighbours' | 'stories' | 'pageFacts'>;

export class PageLinks {
  readonly #store: Reads;
  readonly entryOf: EntryFactory;
  readonly #summaries = new Map<ArticleRef, ArticleSummary>();
  readonly #stories = new Map<StoryRef, StoryRecord>();
  readonly #unsaved = new Map<ArticleRef, PageFacts>();
  readonly #stretches = { older: new Map<ChannelPath, Stretch>(), newer: new Map<ChannelPath, Stretch>() };
  readonly #withStories: boolean;
  readonly #basis: string;
  readonly #kept: number;

  /** `withStories` false: ignores stories. `basis`: digest of all that `entryOf` depends on; '': no facts are stored. `kept`: cache size. */
  constructor(store: Reads, entryOf: EntryFactory, withStories: boolean, basis = '', kept = KEPT) {
    this.#store = store;
    this.#kept = kept;
    this.entryOf = entryOf;
    this.#withStories = withStories;
    this.#basis = basis;
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
    const stored = new Map((await this.#store.pageFacts(refs, this.#basis)).map((row) => [row.ref, row]));
    return (await this.#loadFacts(stored)).map((facts) => {
      const { story, isMultiSource } = this.#withStories ? stored.get(facts.ref)! : NO_STORY;
      const summary: ArticleSummary = Object.assign(facts, { story, isMultiSource });
      addToCache(this.#summaries, summary.ref, summary, this.#kept);
      return summary;
    });
  }

  async #loadFacts(stored: ReadonlyMap<ArticleRef, StoredPageFacts>): Promise<PageFacts[]> {
    const rows = [...stored.values()];
    const known = rows.flatMap(({ facts }) => (facts === null ? [] : (deserialize(facts) as PageFacts)));
    const articles = await this.#articles(rows.filter(({ facts }) => facts === null).map(({ ref }) => ref));
    const read = articles.map((article) => toFacts(article, this.entryOf(article), stored.get(article.ref)!.key));
    for (const facts of read) this.#unsaved.set(facts.ref, facts);
    return [...known, ...read];
  }

  /** Later runs read the facts of these articles instead of their texts. */
  async saveFacts(store: Pick<Store, 'savePageFacts'>): Promise<void> {
    const unsaved = [...this.#unsaved.values()];
    this.#unsaved.clear();
    if (unsaved.length === 0) return;
    await store.savePageFacts(unsaved.map((one) => ({ ref: one.ref, key: one.key, facts: serialize(one) })));
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
    const tellers = createReporterCounter(findNearby, toStoryKey);
    const sameStory = await this.#findStoryArticles(article);
    const more = chooseMoreNews(article, sameStory, first!, tellers);
    const named = new Set(more.map(({ ref }) => ref));
    const others = findNearby.filter(({ ref }) => ref !== article.ref && !named.has(ref));
    const candidates = others.map((other) => ({ article: other, ...compareVectors(article.vector, other.vector) }));
    const related = chooseRelated(article, candidates, { limit: RECOMMENDED, ...RELATED_LIMITS, storyOf: toStoryKey });
    const alike =
      related.length > 0 ? related.map((one) => one.article) : chooseWidelyReported(article, others, tellers);
    return { more, alike, findStory: await this.#describeStory(article, sameStory) };
  }

  /** Most related stories with several sources, no newer than the given article. */
  async findRelatedStories(article: ArticleSummary, limit: number): Promise<StoryRef[]> {
    const nearby = new Set((await this.#findOlder(article)).flat());
    const others = [...nearby].filter(({ ref, isMultiSource }) => ref !== article.ref && isMultiSource);
    const candidates = others.map((other) => ({ article: other, ...compareVectors(article.vector, other.vector) }));
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

  /** In few queries, so that `story` and `findLinks` need not read them one by one. */
  async loadStories(articles: readonly Pick<ArticleSummary, 'story'>[]): Promise<void> {
    const wanted = new Set(articles.flatMap(({ story }) => story ?? []));
    const missing = [...wanted].filter((ref) => !this.#stories.has(ref));
    const records = await this.#store.stories(missing);
    for (const record of records) addToCache(this.#stories, record.ref, record, this.#kept);
    const others = records.flatMap(({ members }) => members.map(({ article }) => article));
    for (let at = 0; at < others.length; at += AT_ONCE) await this.loadSummaries(others.slice(at, at + AT_ONCE));
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

  async #findStoryArticles(article: ArticleSummary): Promise<ArticleSummary[]> {
    const members = (await this.story(article))?.members ?? [];
    const others = members.filter((member) => member.article !== article.ref && member.role === 'member');
    return await this.#findPublished(others.map((member) => member.article));
  }

  /** Articles no newer than the given one, newest first: of its first topic, its second topic, and all. */
  async #findOlder({ topicIds, dates }: ArticleSummary): Promise<ArticleSummary[][]> {
    const [first, second] = topicIds.map((id) => `topics/${id}`);
    const found: (readonly ArticleRef[])[] = [];
    for (const [i, channel] of [first, second, 'all'].entries())
      found.push(channel === undefined ? [] : await this.#readRefs(channel, dates.from, 'older', REACH[i]!));
    const shown = new Map((await this.#findPublished([...new Set(found.flat())])).map((one) => [one.ref, one]));
    return found.map((refs) => refs.flatMap((ref) => shown.get(ref) ?? []));
  }

  async #findPublished(refs: readonly ArticleRef[]): Promise<ArticleSummary[]> {
    return (await this.loadSummaries(refs)).filter(({ withdrawn }) => !withdrawn);
  }

  /** Newer articles that may list one of these: in `all` and in its first topics. */
  async findNewer(refs: readonly ArticleRef[], mostTopics: number): Promise<Set<ArticleRef>> {
    const found = new Set<ArticleRef>();
    const oldestFirst = (await this.loadSummaries(refs)).sort((a, b) => (a.dates.to < b.dates.to ? 1 : -1));
    for (const { topicIds, dates } of oldestFirst) {
      for (const channel of ['all', ...topicIds.slice(0, mostTopics).map((id) => `topics/${id}`)])
        for (const ref of await this.#readRefs(channel, dates.to, 'newer', FARTHEST)) found.add(ref);
    }
    return found;
  }

  async #readRefs(channel: ChannelPath, from: string, side: Side, limit: number): Promise<ArticleRef[]> {
    const known = this.#stretches[side].get(channel);
    const found = known === undefined ? null : sliceStretch(known, from, limit);
    if (found !== null) return found;
    // Older ones include hidden articles; otherwise hiding one would change the lists of pages that never showed it. Newer ones do not:
    // pages of hidden articles must not reappear.
    const which = side === 'older' ? 'with-hidden' : 'visible';
    const rows = await this.#store.neighbours(channel, from, side, limit * AHEAD, which);
    const stretch = { from, side, rows, isAll: rows.length < limit * AHEAD };
    this.#stretches[side].set(channel, stretch);
    return sliceStretch(stretch, from, limit)!;
  }
}

type Side = 'older' | 'newer';

/** A range of a channel: rows after `from` up to the last row, or to the channel's end if `isAll`. */
interface Stretch {
  readonly from: string;
  readonly side: Side;
  readonly rows: readonly { readonly ref: ArticleRef; readonly order: string }[];
  readonly isAll: boolean;
}

/** null: the range contains too few rows. */
function sliceStretch({ from: first, side, rows, isAll }: Stretch, from: string, limit: number): ArticleRef[] | null {
  const isPast = side === 'older' ? (order: string) => order > from : (order: string) => order < from;
  if (isPast(first)) return null;
  const start = rows.findIndex(({ order }) => isPast(order));
  const found = start < 0 ? [] : rows.slice(start, start + limit);
  return found.length < limit && !isAll ? null : found.map(({ ref }) => ref);
}

export function addToCache<K, V>(map: Map<K, V>, key: K, value: V, most: number): void {
  map.set(key, value);
  if (map.size <= most) return;
  const [oldest] = map.keys();
  map.delete(oldest!);
}

export function fingerprintEntry(entry: Entry): string {
  return shortHash(entry);
}

/** One article per story, those of most publications first: where nothing is related, a reader goes on to the top news. */
function chooseWidelyReported(
  article: ArticleSummary,
  others: readonly ArticleSummary[],
  tellers: (article: ArticleSummary) => number,
): ArticleSummary[] {
  const told = others.filter((other) => tellers(other) > 1 && other.story !== article.story);
  told.sort((a, b) => tellers(b) - tellers(a) || b.publishedAt - a.publishedAt || (a.id < b.id ? -1 : 1));
  const chosen: ArticleSummary[] = [];
  for (const other of told) {
    const isTold = chosen.some(({ story }) => story === other.story);
    const same = chosen.filter(({ publication }) => publication === other.publication);
    if (chosen.length < RECOMMENDED && !isTold && same.length < PER_PUBLICATION) chosen.push(other);
  }
  return chosen;
}

function toStoryKey({ id, story }: ArticleSummary): string | number {
  return story ?? id;
}

function toFacts(article: Article, entry: Entry, key: string): PageFacts {
  const { id, publication, publishedAt, language, topics } = entry;
  const date = toOrderKey(article).split(' ', 1)[0]!;
  const reading = readArticle({ ...article, publication: [publication.title, article.sourceId] });
  const { size, terms, weights } = unpackVector(weighByLanguage(reading));
  return {
    ref: article.ref,
    id,
    publication: publication.title.toLowerCase(),
    publishedAt: publishedAt.getTime(),
    language,
    topics: topics.map(({ label }) => label),
    shown: pageEntry(entry),
    withdrawn: !isShown(article),
    hidden: article.hidden !== null,
    topicIds: topics.map((topic) => topic.id),
    // Keys with this date start with it and sort between a space and "~".
    dates: { from: date, to: `${date}~` },
    own: fingerprintEntry(entry),
    key,
    vector: { size, terms, weights },
    signature: reading.signature,
  };
}

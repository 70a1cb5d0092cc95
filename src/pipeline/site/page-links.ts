/** The articles that a page names, found in the store: its story, what is older in its topics, what is alike. */

import { chooseRelated, type RelatedArticle } from '../../cluster/related.js';
import { dot } from '../../cluster/terms/vector.js';
import { weighByLanguage } from '../../cluster/terms/weigh.js';
import { readArticle } from '../../cluster/text/reading.js';
import type { EntryOf } from '../../compose/entry.js';
import { chooseMoreNews, type NewsItem } from '../../compose/more-news.js';
import { pageEntry } from '../../compose/page-entry.js';
import type { Article, ArticleRef } from '../../model/article.js';
import type { ChannelPath, Entry } from '../../model/channel.js';
import { orderKey } from '../../model/order.js';
import type { PageEntry } from '../../model/page.js';
import type { StoryRecord, StoryRef } from '../../model/story.js';
import type { Store } from '../../ports/store/store.js';
import { shortHash } from './page-fingerprints.js';

/** How many older articles a page considers of its first topic, its second, and everything. */
const REACH = [40, 20, 40] as const;
/** The farthest of these: so many pages above an article may name it. */
export const FARTHEST = Math.max(...REACH);
/** Other stories that a page recommends. */
const RECOMMENDED = 4;
/** Summaries kept in memory, of some 2 kB each: neighbours have neighbours in common, and those of a rare topic lie far apart. */
const KEPT = 20_000;
/** Neighbours are read so many times as many as are asked for: the next article asks for nearly the same. */
const AHEAD = 8;

/** What must be known of an article that a page may name. */
export interface ArticleSummary extends RelatedArticle, NewsItem {
  readonly ref: ArticleRef;
  readonly shown: PageEntry;
  readonly withdrawn: boolean;
  readonly story: StoryRef | null;
  readonly topicIds: readonly string[];
  /** Where its date begins and ends in the order of articles. */
  readonly dates: { readonly from: string; readonly to: string };
  /** Fingerprint of all that its own page shows of it. */
  readonly own: string;
}

export interface Links {
  readonly more: readonly ArticleSummary[];
  readonly alike: readonly ArticleSummary[];
}

type Reads = Pick<Store, 'articles' | 'neighbours' | 'stories' | 'storiesOf'>;

export class PageLinks {
  readonly #store: Reads;
  readonly entryOf: EntryOf;
  readonly #summaries = new Map<ArticleRef, ArticleSummary>();
  readonly #stories = new Map<StoryRef, StoryRecord>();
  readonly #stretches = new Map<ChannelPath, Stretch>();
  readonly #withStories: boolean;
  readonly #kept: number;

  /** `withStories` false: no article has a story. `kept`: summaries that are kept in memory. */
  constructor(store: Reads, entryOf: EntryOf, withStories: boolean, kept = KEPT) {
    this.#store = store;
    this.#kept = kept;
    this.entryOf = entryOf;
    this.#withStories = withStories;
  }

  /** Pending and pruned ones are left out. */
  async summaries(refs: readonly ArticleRef[]): Promise<ArticleSummary[]> {
    const found = new Map<ArticleRef, ArticleSummary>();
    const missing = new Set<ArticleRef>();
    for (const ref of refs) {
      const known = this.#summaries.get(ref);
      if (known === undefined) missing.add(ref);
      else found.set(ref, known); // now: those that are loaded may push it out
    }
    for (const summary of await this.#load([...missing])) found.set(summary.ref, summary);
    return refs.flatMap((ref) => found.get(ref) ?? []);
  }

  async #load(refs: readonly ArticleRef[]): Promise<ArticleSummary[]> {
    if (refs.length === 0) return [];
    const stories = this.#withStories ? await this.#store.storiesOf(refs) : new Map<ArticleRef, StoryRef>();
    return (await this.#store.articles(refs)).map((article) => {
      const summary = summaryOf(article, this.entryOf(article), stories.get(article.ref) ?? null);
      remember(this.#summaries, summary.ref, summary, this.#kept);
      return summary;
    });
  }

  async of(article: ArticleSummary): Promise<Links> {
    const [first, second, all] = await this.#older(article);
    const more = chooseMoreNews(article, await this.#sameStory(article), first!);
    const named = new Set(more.map(({ ref }) => ref));
    const others = new Set(
      [...first!, ...second!, ...all!].filter(({ ref }) => ref !== article.ref && !named.has(ref)),
    );
    const candidates = [...others].map((other) => ({ article: other, cosine: dot(article.vector, other.vector) }));
    const alike = chooseRelated(article, candidates, { limit: RECOMMENDED, scope: 'other-stories', storyOf });
    return { more, alike: alike.map((one) => one.article) };
  }

  /** Everyone in its story. */
  async story({ story }: Pick<ArticleSummary, 'story'>): Promise<StoryRecord | null> {
    if (story === null) return null;
    const known = this.#stories.get(story);
    if (known !== undefined) return known;
    const [record] = await this.#store.stories([story]);
    if (record === undefined) return null;
    remember(this.#stories, story, record, this.#kept);
    return record;
  }

  async #sameStory(article: ArticleSummary): Promise<ArticleSummary[]> {
    const members = (await this.story(article))?.members ?? [];
    const others = members.filter((member) => member.article !== article.ref && member.role === 'member');
    return await this.#published(others.map((member) => member.article));
  }

  /** What is no newer than the article: of its first topic, its second, and all, newest first. */
  async #older({ topicIds, dates }: ArticleSummary): Promise<ArticleSummary[][]> {
    const [first, second] = topicIds.map((id) => `topics/${id}`);
    const found: ArticleSummary[][] = [];
    for (const [i, channel] of [first, second, 'all'].entries()) {
      found.push(channel === undefined ? [] : await this.#published(await this.#after(channel, dates.from, REACH[i]!)));
    }
    return found;
  }

  async #published(refs: readonly ArticleRef[]): Promise<ArticleSummary[]> {
    return (await this.summaries(refs)).filter(({ withdrawn }) => !withdrawn);
  }

  async #after(channel: ChannelPath, from: string, limit: number): Promise<ArticleRef[]> {
    const known = this.#stretches.get(channel);
    const found = known === undefined ? null : within(known, from, limit);
    if (found !== null) return found;
    const rows = await this.#store.neighbours(channel, from, 'older', limit * AHEAD);
    const stretch = { from, rows, isAll: rows.length < limit * AHEAD };
    this.#stretches.set(channel, stretch);
    return within(stretch, from, limit)!;
  }
}

/** Part of a channel: all that comes after `from`, up to its last row, or to the end of the channel. */
interface Stretch {
  readonly from: string;
  readonly rows: readonly { readonly ref: ArticleRef; readonly order: string }[];
  readonly isAll: boolean;
}

/** null: the stretch does not say. */
function within({ from: first, rows, isAll }: Stretch, from: string, limit: number): ArticleRef[] | null {
  if (from < first) return null;
  const start = rows.findIndex(({ order }) => order > from);
  const found = start < 0 ? [] : rows.slice(start, start + limit);
  return found.length < limit && !isAll ? null : found.map(({ ref }) => ref);
}

/** The oldest leaves where there are more than `most`. */
function remember<K, V>(map: Map<K, V>, key: K, value: V, most: number): void {
  map.set(key, value);
  if (map.size <= most) return;
  const [oldest] = map.keys();
  map.delete(oldest!);
}

/** Of all that the page shows of the article itself. */
export function ownFingerprint(entry: Entry): string {
  return shortHash(entry);
}

function storyOf({ id, story }: ArticleSummary): string | number {
  return story ?? id;
}

function summaryOf(article: Article, entry: Entry, story: StoryRef | null): ArticleSummary {
  const { id, publication, publishedAt, language, topics } = entry;
  const date = orderKey(article).split(' ', 1)[0]!;
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
    withdrawn: article.withdrawnAt !== null,
    topicIds: topics.map((topic) => topic.id),
    // Space sorts before and "~" after all that follows a date.
    dates: { from: date, to: `${date}~` },
    own: ownFingerprint(entry),
    vector: weighByLanguage(reading),
    signature: reading.signature,
  };
}

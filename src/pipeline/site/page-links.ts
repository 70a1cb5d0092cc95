/** The articles that a page names, found in the store: its story, what is older in its topics, what is alike. */

import { readArticle } from '../../cluster/reading.js';
import { dot, type Vector } from '../../cluster/vector.js';
import { weighByLanguage } from '../../cluster/weigh.js';
import type { EntryOf } from '../../compose/entry.js';
import { pageEntry } from '../../compose/page-entry.js';
import { chooseMore, chooseRecommended, type Linked } from '../../compose/page-links.js';
import type { Article, ArticleRef } from '../../model/article.js';
import type { ChannelPath, Entry } from '../../model/channel.js';
import { orderKey } from '../../model/order.js';
import type { PageEntry } from '../../model/page.js';
import type { StoryRecord, StoryRef } from '../../model/story.js';
import type { Store } from '../../ports/store/store.js';
import { shortHash } from './page-fingerprints.js';

/** How far back a page looks in its first topic, its second, and everything. */
const REACH = [40, 20, 40] as const;
/** The farthest of these: so many pages above an article may name it. */
export const FARTHEST = Math.max(...REACH);
/** Cards kept at hand, of some 2 kB each: neighbours have neighbours in common, and those of a rare topic lie far apart. */
const AT_HAND = 20_000;
/** Whole entries kept at hand: a page is made soon after it was worked out. */
const WHOLE = 1_000;
/** Neighbours are read so many times as many as are asked for: the next article asks for nearly the same. */
const AHEAD = 8;

/** What must be known of an article that a page may name. */
export interface ArticleSummary extends Linked<ArticleRef> {
  readonly shown: PageEntry;
  readonly withdrawn: boolean;
  readonly topicIds: readonly string[];
  /** Where its date begins and ends in the order of articles. */
  readonly dates: { readonly from: string; readonly to: string };
  /** Fingerprint of all that its own page shows of it. */
  readonly own: string;
  readonly vector: Vector;
}

export interface Links {
  readonly more: readonly ArticleSummary[];
  readonly alike: readonly ArticleSummary[];
}

type Reads = Pick<Store, 'articles' | 'neighbours' | 'stories' | 'storiesOf'>;

export class PageLinks {
  readonly #store: Reads;
  readonly entryOf: EntryOf;
  readonly #cards = new Map<ArticleRef, ArticleSummary>();
  readonly #entries = new Map<ArticleRef, Entry>();
  readonly #stories = new Map<StoryRef, StoryRecord>();
  readonly #windows = new Map<ChannelPath, Window>();
  readonly #storiesOf: Reads['storiesOf'];
  readonly #atHand: number;

  /** `stories`: whether the section tells them; where it does not, every article stands alone. `atHand`: cards that are kept. */
  constructor(store: Reads, entryOf: EntryOf, stories: 'told' | 'untold', atHand = AT_HAND) {
    this.#store = store;
    this.#atHand = atHand;
    this.entryOf = entryOf;
    this.#storiesOf = stories === 'told' ? (refs) => store.storiesOf(refs) : async () => new Map();
  }

  /** Pending and pruned ones are left out. */
  async cards(refs: readonly ArticleRef[]): Promise<ArticleSummary[]> {
    const found = new Map<ArticleRef, ArticleSummary>();
    const missing = new Set<ArticleRef>();
    for (const ref of refs) {
      const known = this.#cards.get(ref);
      if (known === undefined) missing.add(ref);
      else found.set(ref, known); // now: those that are dealt may take its place at hand
    }
    const fresh = missing.size === 0 ? [] : await this.#deal(await this.#store.articles([...missing]));
    for (const card of fresh) found.set(card.key, card);
    return refs.flatMap((ref) => found.get(ref) ?? []);
  }

  /** null: it was pruned. */
  async entry(ref: ArticleRef): Promise<Entry | null> {
    const known = this.#entries.get(ref);
    if (known !== undefined) return known;
    const [article] = await this.#store.articles([ref]);
    return article === undefined ? null : this.entryOf(article);
  }

  async #deal(articles: readonly Article[]): Promise<ArticleSummary[]> {
    const stories = await this.#storiesOf(articles.map(({ ref }) => ref));
    return articles.map((article) => {
      const entry = this.entryOf(article);
      const card = cardOf(article, entry, stories.get(article.ref) ?? null);
      remember(this.#cards, card.key, card, this.#atHand);
      remember(this.#entries, card.key, entry, WHOLE);
      return card;
    });
  }

  async of(card: ArticleSummary): Promise<Links> {
    const [first, second, all] = await this.#pools(card);
    const more = chooseMore(card, await this.#mates(card), first!) as ArticleSummary[];
    const pool = [...new Set([...first!, ...second!, ...all!])];
    const alike = chooseRecommended(card, pool, more, likeness) as ArticleSummary[];
    return { more, alike };
  }

  /** Everyone in its story. */
  async story(card: Pick<ArticleSummary, 'story'>): Promise<StoryRecord | null> {
    if (card.story === null) return null;
    const known = this.#stories.get(card.story);
    if (known !== undefined) return known;
    const [record] = await this.#store.stories([card.story]);
    if (record === undefined) return null;
    remember(this.#stories, card.story, record, this.#atHand);
    return record;
  }

  async #mates(card: ArticleSummary): Promise<ArticleSummary[]> {
    const members = (await this.story(card))?.members ?? [];
    const others = members.filter(({ article, role }) => article !== card.key && role === 'member');
    return (await this.cards(others.map(({ article }) => article))).filter(({ withdrawn }) => !withdrawn);
  }

  /** What is no newer than the article: of its first topic, its second, and all, newest first. */
  async #pools(card: ArticleSummary): Promise<ArticleSummary[][]> {
    const [first, second] = card.topicIds.map((id) => `topics/${id}`);
    const channels: (ChannelPath | undefined)[] = [first, second, 'all'];
    const pools: ArticleSummary[][] = [];
    for (const [i, channel] of channels.entries()) {
      const refs = channel === undefined ? [] : await this.#older(channel, card.dates.from, REACH[i]!);
      pools.push((await this.cards(refs)).filter(({ withdrawn }) => !withdrawn));
    }
    return pools;
  }

  async #older(channel: ChannelPath, from: string, limit: number): Promise<ArticleRef[]> {
    const known = this.#windows.get(channel);
    const found = known === undefined ? null : within(known, from, limit);
    if (found !== null) return found;
    const rows = await this.#store.neighbours(channel, from, 'older', limit * AHEAD);
    const window = { from, rows, isAll: rows.length < limit * AHEAD };
    this.#windows.set(channel, window);
    return within(window, from, limit)!;
  }
}

/** A stretch of a channel: all that stands after `from`, up to its last row, or to the end of the channel. */
interface Window {
  readonly from: string;
  readonly rows: readonly { readonly ref: ArticleRef; readonly order: string }[];
  readonly isAll: boolean;
}

/** null: the window does not say. */
function within({ from: first, rows, isAll }: Window, from: string, limit: number): ArticleRef[] | null {
  if (from < first) return null;
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]!.order > from) high = middle;
    else low = middle + 1;
  }
  const found = rows.slice(low, low + limit);
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

function cardOf(article: Article, entry: Entry, story: StoryRef | null): ArticleSummary {
  const { title, publication, publishedAt, language, topics } = entry;
  const date = orderKey(article).split(' ', 1)[0]!;
  const names = [publication.title, article.sourceId];
  return {
    key: article.ref,
    id: entry.id,
    title,
    publication: publication.title,
    publishedAt,
    language,
    topics: topics.map(({ label }) => label),
    story,
    shown: pageEntry(entry),
    withdrawn: article.withdrawnAt !== null,
    topicIds: topics.map(({ id }) => id),
    // Space sorts before and "~" after all that follows a date.
    dates: { from: date, to: `${date}~` },
    own: ownFingerprint(entry),
    vector: weighByLanguage(readArticle({ ...article, publication: names })),
  };
}

function likeness(a: Linked<ArticleRef>, b: Linked<ArticleRef>): number {
  return dot((a as ArticleSummary).vector, (b as ArticleSummary).vector);
}

/** The articles that a page names, found in the store: its story, what is older in its topics, what is alike. */

import { readArticle } from '../cluster/reading.js';
import { dot, type Vector } from '../cluster/vector.js';
import { weighByLanguage } from '../cluster/weigh.js';
import type { EntryOf } from '../compose/entry.js';
import { pageEntry } from '../compose/page-entry.js';
import { chooseAlike, chooseMore, type Linked } from '../compose/page-links.js';
import type { Article, ArticleRef } from '../model/article.js';
import type { ChannelPath, Entry } from '../model/channel.js';
import { orderKey } from '../model/order.js';
import type { PageEntry } from '../model/page.js';
import type { StoryRecord, StoryRef } from '../model/story.js';
import type { Store } from '../ports.js';

/** How far back a page looks in its first topic, its second, and everything. */
const REACH = [40, 20, 40] as const;
/** The farthest of these: so many pages above an article may name it. */
export const FARTHEST = Math.max(...REACH);
/** Articles kept at hand: neighbours have neighbours in common. */
const AT_HAND = 4_000;

/** An article at hand. */
export interface Card extends Linked<ArticleRef> {
  readonly article: Article;
  readonly entry: Entry;
  readonly shown: PageEntry;
  readonly withdrawn: boolean;
}

export interface Links {
  readonly more: readonly Card[];
  readonly alike: readonly Card[];
}

type Reads = Pick<Store, 'articles' | 'neighbours' | 'stories' | 'storiesOf'>;

export class PageLinks {
  readonly #store: Reads;
  readonly #entryOf: EntryOf;
  readonly #cards = new Map<ArticleRef, Card>();
  readonly #stories = new Map<StoryRef, StoryRecord>();
  readonly #vectors = new WeakMap<Card, Vector>();

  readonly #storiesOf: Reads['storiesOf'];

  /** `stories`: whether the section tells them; where it does not, every article stands alone. */
  constructor(store: Reads, entryOf: EntryOf, stories: 'told' | 'untold') {
    this.#store = store;
    this.#entryOf = entryOf;
    this.#storiesOf = stories === 'told' ? (refs) => store.storiesOf(refs) : async () => new Map();
  }

  /** Pending and pruned ones are left out. */
  async cards(refs: readonly ArticleRef[]): Promise<Card[]> {
    const missing = [...new Set(refs)].filter((ref) => !this.#cards.has(ref));
    const fresh = missing.length === 0 ? [] : await this.dealt(await this.#store.articles(missing));
    const byRef = new Map(fresh.map((card) => [card.key, card]));
    return refs.flatMap((ref) => byRef.get(ref) ?? this.#cards.get(ref) ?? []);
  }

  /** The same for articles that are loaded already. */
  async dealt(articles: readonly Article[]): Promise<Card[]> {
    const stories = await this.#storiesOf(articles.map(({ ref }) => ref));
    const cards = articles.map((article) => cardOf(article, this.#entryOf(article), stories.get(article.ref) ?? null));
    for (const card of cards) this.#keep(card);
    return cards;
  }

  async of(card: Card): Promise<Links> {
    const [first, second, all] = await this.#pools(card);
    const more = chooseMore(card, await this.#mates(card), first!) as Card[];
    const pool = [...new Set([...first!, ...second!, ...all!])];
    const alike = chooseAlike(card, pool, more, (a, b) => this.#likeness(a as Card, b as Card)) as Card[];
    return { more, alike };
  }

  /** Everyone in its story. */
  async story(card: Pick<Card, 'story'>): Promise<StoryRecord | null> {
    if (card.story === null) return null;
    const known = this.#stories.get(card.story);
    if (known !== undefined) return known;
    const [record] = await this.#store.stories([card.story]);
    if (record === undefined) return null;
    if (this.#stories.size >= AT_HAND) this.#stories.clear();
    this.#stories.set(card.story, record);
    return record;
  }

  async #mates(card: Card): Promise<Card[]> {
    const members = (await this.story(card))?.members ?? [];
    const others = members.filter(({ article, role }) => article !== card.key && role === 'member');
    return (await this.cards(others.map(({ article }) => article))).filter(({ withdrawn }) => !withdrawn);
  }

  /** What is no newer than the article: of its first topic, its second, and all, newest first. */
  async #pools(card: Card): Promise<Card[][]> {
    const [first, second] = card.entry.topics.map(({ id }) => `topics/${id}`);
    const channels: (ChannelPath | undefined)[] = [first, second, 'all'];
    const from = fromSameDate(card.article);
    const pools: Card[][] = [];
    for (const [i, channel] of channels.entries()) {
      const refs = channel === undefined ? [] : await this.#store.neighbours(channel, from, 'older', REACH[i]!);
      pools.push((await this.cards(refs)).filter(({ withdrawn }) => !withdrawn));
    }
    return pools;
  }

  #likeness(a: Card, b: Card): number {
    return dot(this.#vector(a), this.#vector(b));
  }

  #vector(card: Card): Vector {
    const known = this.#vectors.get(card);
    if (known !== undefined) return known;
    const publication = [card.publication, card.article.sourceId];
    const vector = weighByLanguage(readArticle({ ...card.article, publication }));
    this.#vectors.set(card, vector);
    return vector;
  }

  #keep(card: Card): void {
    this.#cards.set(card.key, card);
    if (this.#cards.size <= AT_HAND) return;
    const [oldest] = this.#cards.keys();
    this.#cards.delete(oldest!);
  }
}

/** Before all articles of the same date in the order of articles. */
function fromSameDate(article: Article): string {
  return datePart(article);
}

/** After all articles of the same date. */
export function toSameDate(article: Article): string {
  return `${datePart(article)}~`;
}

function datePart(article: Article): string {
  return orderKey(article).split(' ', 1)[0]!;
}

function cardOf(article: Article, entry: Entry, story: StoryRef | null): Card {
  const { title, publication, publishedAt, language, topics } = entry;
  return {
    key: article.ref,
    id: entry.id,
    title,
    publication: publication.title,
    publishedAt,
    language,
    topics: topics.map(({ label }) => label),
    story,
    article,
    entry,
    shown: pageEntry(entry),
    withdrawn: article.withdrawnAt !== null,
  };
}

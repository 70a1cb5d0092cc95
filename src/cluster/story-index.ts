/** Provides an in-memory index of stories for embedders: add articles, list stories, find related articles. */
import { assignStories, type ClusterInput, clusterInputs, type UnassignedArticle } from './cluster.js';
import { selectLead } from './lead.js';
import { findWhole, listMembers, OpenStories, type OpenStory, resolveMerged } from './open-stories.js';
import { chooseRelated, type RelatedArticle, type RelatedCandidate, type RelatedScope } from './related.js';
import { unpackVector } from './terms/packed-vector.js';
import { SiteTerms } from './terms/site-terms.js';
import { readArticle, type StoryText } from './text/reading.js';

export interface IndexedArticle extends Omit<StoryText, 'publication'> {
  readonly id: string;
  readonly sourceId: string;
  readonly publishedAt: Date;
}

export interface StoryIndex {
  /** Ignored if the id is already known. */
  add(article: IndexedArticle): void;
  /** All since creation, oldest first, with closed ones. A correction comes directly after the corrected article. */
  stories(): { id: string; leadId: string; articleIds: string[] }[];
  /** Best first. `other-stories`: one article per event, at most two per source, no near-duplicates. */
  related(id: string, limit: number, scope?: RelatedScope): { id: string; score: number }[];
}

export interface StoryIndexOptions {
  /** A story closes after this time without a new article, by the dates of articles. Default 72. */
  readonly windowHours?: number | undefined;
  /**
   * Languages (ISO 639-1) of the section, best first: a report in one of them leads. With a single one, reports in
   * different languages are not compared. Default: any.
   */
  readonly languages?: readonly string[] | undefined;
}

/** Groups articles on one event, also across languages, and near-duplicates. Independent of the current time. */
export function createStoryIndex(options: StoryIndexOptions = {}): StoryIndex {
  const index = new MemoryIndex((options.windowHours ?? 72) * 3_600_000, options.languages ?? []);
  return {
    add: (article) => index.add(article),
    stories: () => index.stories(),
    related: (id, limit, scope = 'any') => index.related(id, limit, scope),
  };
}

const none: readonly string[] = [];

class IndexEntry implements RelatedArticle {
  readonly topics: readonly string[] = none;
  readonly language = null;

  constructor(
    private readonly article: ClusterInput,
    /** The story that it joined, which may have been merged since. */
    readonly story: OpenStory,
  ) {}

  get id() {
    return this.article.id;
  }
  get publication() {
    return this.article.sourceId;
  }
  get publishedAt() {
    return this.article.publishedAt;
  }
  get signature() {
    return this.article.signature;
  }
  get vector() {
    return unpackVector(this.article.vector);
  }
}

class MemoryIndex {
  readonly #ids = new Set<string>();
  readonly #live = new OpenStories();
  readonly #terms = new SiteTerms();
  /** Vectors are computed when all articles of a batch are known. */
  #waiting: UnassignedArticle[] = [];
  readonly #articles: IndexEntry[] = [];
  readonly #places = new Map<string, number>();
  /** Indexes and weights of the articles with a term; filled on demand. */
  readonly #byTerm = new Map<number, { readonly places: number[]; readonly weights: number[] }>();
  #indexed = 0;
  /** By article index; all 0 between queries. */
  #cosines = new Float64Array(0);

  constructor(
    private readonly window: number,
    private readonly languages: readonly string[],
  ) {}

  add(article: IndexedArticle): void {
    const { id, sourceId } = article;
    if (this.#ids.has(id)) return;
    const at = article.publishedAt.getTime();
    const reading = readArticle(article);
    const text = { title: article.title, summary: article.summary ?? '' };
    this.#waiting.push({ ref: this.#ids.size, id, sourceId, publishedAt: at, firstSeenAt: at, reading, text });
    this.#ids.add(id);
  }

  stories(): { id: string; leadId: string; articleIds: string[] }[] {
    this.#assignWaiting();
    return [...this.#live.listEvents()]
      .map(([{ id }, parts]) => ({
        id,
        members: listMembers(parts),
        firstAt: Math.min(...parts.map((part) => part.firstAt)),
      }))
      .sort((a, b) => a.firstAt - b.firstAt || (a.id < b.id ? -1 : 1))
      .map(({ id, members }) => ({
        id,
        leadId: selectLead(members, { prefer: [], languages: this.languages, chosen: new Set() }).id,
        articleIds: members.map((member) => member.id),
      }));
  }

  related(id: string, limit: number, scope: RelatedScope): { id: string; score: number }[] {
    this.#assignWaiting();
    const article = this.#articles[this.#places.get(id) ?? -1];
    if (article === undefined) return [];
    const findStory = ({ story }: IndexEntry) => findWhole(resolveMerged(story));
    const chosen = chooseRelated(article, this.#candidates(article), { limit, scope, storyOf: findStory });
    return chosen.map((one) => ({ id: one.article.id, score: one.score }));
  }

  /** All articles that share a term with the given one. */
  #candidates({ vector }: IndexEntry): RelatedCandidate<IndexEntry>[] {
    this.#indexTerms();
    if (this.#cosines.length < this.#articles.length) this.#cosines = new Float64Array(2 * this.#articles.length);
    const cosines = this.#cosines;
    const touched: number[] = [];
    vector.terms.forEach((term, at) => {
      const { places, weights } = this.#byTerm.get(term)!;
      places.forEach((place, i) => {
        if (cosines[place] === 0) touched.push(place);
        cosines[place]! += vector.weights[at]! * weights[i]!;
      });
    });
    return touched.map((place) => {
      const cosine = cosines[place]!;
      cosines[place] = 0;
      return { article: this.#articles[place]!, cosine };
    });
  }

  #indexTerms(): void {
    for (; this.#indexed < this.#articles.length; this.#indexed += 1) {
      const { vector } = this.#articles[this.#indexed]!;
      vector.terms.forEach((term, at) => {
        const entry = this.#byTerm.get(term) ?? { places: [], weights: [] };
        this.#byTerm.set(term, entry);
        entry.places.push(this.#indexed);
        entry.weights.push(vector.weights[at]!);
      });
    }
  }

  #assignWaiting(): void {
    if (this.#waiting.length === 0) return;
    const batch = this.#waiting.sort((a, b) => a.publishedAt - b.publishedAt || (a.id < b.id ? -1 : 1));
    this.#waiting = [];
    this.#terms.count(batch);
    const articles = clusterInputs(batch, this.#terms.createWeigher(), this.languages.length !== 1);
    const stories = assignStories(articles, this.#live, { window: this.window, host: null });
    articles.forEach((article, at) => {
      this.#places.set(article.id, this.#articles.push(new IndexEntry(article, stories[at]!)) - 1);
    });
  }
}

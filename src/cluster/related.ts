/** What else to read: more on the same event, and other events that are alike. Asks no clock. */
import type { SourceId } from '../model/source.js';
import { overlap, sameText } from './minhash.js';
import { dot, type Vector } from './vector.js';

/** `K` names articles. */
export interface RelatedArticle<K> {
  readonly key: K;
  readonly sourceId: SourceId;
  /** Milliseconds. */
  readonly publishedAt: number;
  readonly topics: readonly string[];
  /** Length 1. */
  readonly vector: Vector;
  readonly signature: Uint16Array;
}

/** Greater is nearer; lists come greatest first. */
export interface Scored<K> {
  readonly key: K;
  readonly score: number;
}

export type RelatedScope = 'any' | 'same-story' | 'other-stories';

/** Articles fade with the distance between their dates, never with their age. */
const fading = 14 * 86_400_000;
const perTopic = 0.1;
/** More alike than this is the same news again. */
const tooAlike = 0.8;
const perSource = 2;
/** Maximal marginal relevance (Carbonell, Goldstein 1998): nearness against variety. */
const lambda = 0.7;
const pool = 60;

/** A collection of articles that can be asked what is related to one of them. Articles may be added at any time; `S` names stories. */
export class RelatedIndex<K, S> {
  private readonly places = new Map<K, number>();
  private readonly articles: RelatedArticle<K>[] = [];
  private readonly postings = new Map<number, { readonly places: number[]; readonly weights: number[] }>();
  private indexed = 0;
  private scores = new Float64Array(1024);

  /** `storyOf` is asked anew each time: stories merge. */
  constructor(private readonly storyOf: (key: K) => S) {}

  add(article: RelatedArticle<K>): void {
    this.places.set(article.key, this.articles.length);
    this.articles.push(article);
  }

  get(key: K): RelatedArticle<K> | undefined {
    const place = this.places.get(key);
    return place === undefined ? undefined : this.articles[place];
  }

  /** At most `limit` articles, never the one asked about, for which `wanted` says yes. Unknown key: none. */
  related(
    key: K,
    limit: number,
    scope: RelatedScope,
    wanted: (other: RelatedArticle<K>) => boolean = all,
  ): Scored<K>[] {
    const article = this.get(key);
    if (article === undefined) return [];
    const near = this.near(article).filter(({ other }) => this.inScope(article, other, scope) && wanted(other));
    near.sort((a, b) => b.score - a.score || b.other.publishedAt - a.other.publishedAt || a.place - b.place);
    const chosen =
      scope === 'other-stories'
        ? varied(this.onePerStory(article, near), limit)
        : distinct(article, near, limit, scope);
    return chosen.map(({ other, score }) => ({ key: other.key, score }));
  }

  private inScope(article: RelatedArticle<K>, other: RelatedArticle<K>, scope: RelatedScope): boolean {
    if (other === article) return false;
    return scope === 'any' || (scope === 'same-story') === (this.storyOf(other.key) === this.storyOf(article.key));
  }

  private onePerStory(article: RelatedArticle<K>, near: readonly Near<K>[]): Near<K>[] {
    const stories = new Set<S>();
    const first: Near<K>[] = [];
    for (const each of near) {
      if (first.length === pool) break;
      const story = this.storyOf(each.other.key);
      if (stories.has(story) || each.cosine > tooAlike || isCopy(article, each.other)) continue;
      stories.add(story);
      first.push(each);
    }
    return first;
  }

  private near(article: RelatedArticle<K>): Near<K>[] {
    this.index();
    const { scores } = this;
    const touched: number[] = [];
    article.vector.terms.forEach((term, at) => {
      const posting = this.postings.get(term);
      if (!posting) return;
      const weight = article.vector.weights[at]!;
      posting.places.forEach((place, index) => {
        if (scores[place] === 0) touched.push(place);
        scores[place]! += weight * posting.weights[index]!;
      });
    });
    return touched.map((place) => {
      const other = this.articles[place]!;
      const cosine = scores[place]!;
      scores[place] = 0;
      return { place, other, cosine, score: nearness(article, other, cosine) };
    });
  }

  private index(): void {
    if (this.scores.length < this.articles.length) this.scores = new Float64Array(this.articles.length * 2);
    for (; this.indexed < this.articles.length; this.indexed += 1) {
      const { terms, weights } = this.articles[this.indexed]!.vector;
      for (let at = 0; at < terms.length; at += 1) {
        const posting = this.postings.get(terms[at]!) ?? { places: [], weights: [] };
        this.postings.set(terms[at]!, posting);
        posting.places.push(this.indexed);
        posting.weights.push(weights[at]!);
      }
    }
  }
}

interface Near<K> {
  readonly place: number;
  readonly other: RelatedArticle<K>;
  readonly cosine: number;
  readonly score: number;
}

const all = () => true;

function nearness<K>(a: RelatedArticle<K>, b: RelatedArticle<K>, cosine: number): number {
  return cosine * Math.exp(-Math.abs(a.publishedAt - b.publishedAt) / fading) + perTopic * jaccard(a.topics, b.topics);
}

function jaccard(a: readonly string[], b: readonly string[]): number {
  const shared = a.filter((topic) => b.includes(topic)).length;
  return shared === 0 ? 0 : shared / (a.length + b.length - shared);
}

// The same event: any teller is welcome, once; the text itself again only where the whole story is asked for.
function distinct<K>(
  article: RelatedArticle<K>,
  near: readonly Near<K>[],
  limit: number,
  scope: RelatedScope,
): Near<K>[] {
  const chosen: Near<K>[] = [];
  for (const each of near) {
    if (chosen.length >= limit) break;
    const seen = scope === 'same-story' ? [] : [article, ...chosen.map(({ other }) => other)];
    if (!seen.some((other) => isCopy(other, each.other))) chosen.push(each);
  }
  return chosen;
}

function isCopy<K>(a: RelatedArticle<K>, b: RelatedArticle<K>): boolean {
  return overlap(a.signature, b.signature) >= sameText || dot(a.vector, b.vector) > 0.95;
}

function varied<K>(candidates: readonly Near<K>[], limit: number): Near<K>[] {
  const chosen: Near<K>[] = [];
  const closest = new Float64Array(candidates.length); // to one that is chosen
  const sources = new Map<SourceId, number>();
  while (chosen.length < limit) {
    let best = -1;
    let bestValue = Number.NEGATIVE_INFINITY;
    candidates.forEach(({ other, score }, at) => {
      if (chosen.some((each) => each.other === other) || (sources.get(other.sourceId) ?? 0) >= perSource) return;
      const value = score - ((1 - lambda) / lambda) * closest[at]!;
      if (value > bestValue) [best, bestValue] = [at, value];
    });
    if (best < 0) break;
    const { other } = candidates[best]!;
    chosen.push({ ...candidates[best]!, score: bestValue });
    sources.set(other.sourceId, (sources.get(other.sourceId) ?? 0) + 1);
    candidates.forEach((each, at) => {
      closest[at] = Math.max(closest[at]!, dot(other.vector, each.other.vector));
    });
  }
  return chosen;
}

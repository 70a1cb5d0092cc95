/** Selects related articles: the same event, and similar events. Independent of the current time. */

import { dot, type Vector } from './terms/vector.js';
import { overlap, sameText } from './text/minhash.js';

export interface RelatedArticle {
  readonly id: string;
  /** At most two articles of other events are selected per publication. */
  readonly publication: string;
  readonly publishedAt: number;
  readonly topics: readonly string[];
  /** null: not considered. */
  readonly language: string | null;
  /** Scaled to length 1. */
  readonly vector: Vector;
  readonly signature: Uint16Array;
}

export interface RelatedCandidate<A extends RelatedArticle> {
  readonly article: A;
  readonly cosine: number;
  /** The part of the cosine that the strongest common word adds; missing: 0. */
  readonly strongest?: number;
}

export interface Scored<A> {
  readonly article: A;
  readonly score: number;
}

export type RelatedScope = 'any' | 'same-story' | 'other-stories';

export interface RelatedQuery<A extends RelatedArticle> {
  readonly limit: number;
  readonly scope: RelatedScope;
  /** Minimum cosine of other stories without their strongest common word: one word alone is a coincidence. Missing: 0. */
  readonly least?: number;
  /** Any identifier of an article's story. */
  storyOf(article: A): unknown;
}

/** Decay of the score, in milliseconds between the dates of both articles; independent of their age. */
const DECAY_MS = 14 * 86_400_000;
const PER_TOPIC = 0.1;
const SAME_LANGUAGE = 0.05;
/** Cosine above which an article repeats the same news. */
const SAME_NEWS_COSINE = 0.8;
/** Maximum number of articles of one publication. */
export const PER_PUBLICATION = 2;
/** Weight of relevance against diversity: maximal marginal relevance (Carbonell, Goldstein 1998). */
const LAMBDA = 0.7;
const POOL = 60;

/** Best first, without the article itself, which may be a candidate. Independent of the order of candidates. */
export function chooseRelated<A extends RelatedArticle>(
  article: A,
  candidates: readonly RelatedCandidate<A>[],
  query: RelatedQuery<A>,
): Scored<A>[] {
  const { scope, storyOf, limit, least = 0 } = query;
  const story = storyOf(article);
  const near: Near<A>[] = [];
  for (const { article: other, cosine, strongest = 0 } of candidates) {
    if (other === article) continue;
    if (scope !== 'any' && (scope === 'same-story') !== (storyOf(other) === story)) continue;
    if (scope === 'other-stories' && cosine - strongest < least) continue;
    near.push({ article: other, cosine, score: nearness(article, other, cosine) });
  }
  const tellers = createReporterCounter(candidates.map((each) => each.article), storyOf); // biome-ignore format: one call
  near.sort((a, b) => compareNearness(a, b, tellers));
  if (scope !== 'other-stories') return removeDuplicates(article, near, query);
  return diversify(onePerStory(article, near, storyOf), limit);
}

type Near<A extends RelatedArticle> = RelatedCandidate<A> & Scored<A>;

function nearness(a: RelatedArticle, b: RelatedArticle, cosine: number): number {
  const apart = Math.abs(a.publishedAt - b.publishedAt);
  const language = a.language !== null && a.language === b.language ? SAME_LANGUAGE : 0;
  return cosine * Math.exp(-apart / DECAY_MS) + PER_TOPIC * jaccard(a.topics, b.topics) + language;
}

function jaccard(a: readonly string[], b: readonly string[]): number {
  if (a.length === 0) return 0;
  const shared = a.filter((topic) => b.includes(topic)).length;
  return shared === 0 ? 0 : shared / (a.length + b.length - shared);
}

/** Ties: more publications in the story, then the newer article. */
function compareNearness<A extends RelatedArticle>(a: Near<A>, b: Near<A>, tellers: (article: A) => number): number {
  return (
    b.score - a.score ||
    tellers(b.article) - tellers(a.article) ||
    b.article.publishedAt - a.article.publishedAt ||
    (a.article.id < b.article.id ? -1 : 1)
  );
}

/** Counts the publications of a story among these articles only: later reports must not change a page. */
export function createReporterCounter<A extends Pick<RelatedArticle, 'publication'>>(
  articles: Iterable<A>,
  storyOf: (article: A) => unknown,
): (article: A) => number {
  let byStory: Map<unknown, Set<string>> | null = null;
  const count = () => {
    const found = new Map<unknown, Set<string>>();
    for (const each of articles) {
      const story = storyOf(each);
      const known = found.get(story);
      if (known === undefined) found.set(story, new Set([each.publication]));
      else known.add(each.publication);
    }
    return found;
  };
  return (article) => {
    byStory ??= count(); // ties are rare
    return byStory.get(storyOf(article))?.size ?? 1;
  };
}

function removeDuplicates<A extends RelatedArticle>(
  article: A,
  near: readonly Near<A>[],
  { scope, limit }: RelatedQuery<A>,
): Scored<A>[] {
  const chosen: Near<A>[] = [];
  for (const each of near) {
    if (chosen.length >= limit) break;
    const seen = scope === 'same-story' ? [] : [article, ...chosen.map((one) => one.article)];
    if (!seen.some((other) => isCopy(other, each.article))) chosen.push(each);
  }
  return chosen;
}

function isCopy(a: RelatedArticle, b: RelatedArticle): boolean {
  return overlap(a.signature, b.signature) >= sameText || dot(a.vector, b.vector) > 0.95;
}

function onePerStory<A extends RelatedArticle>(
  article: A,
  near: readonly Near<A>[],
  storyOf: (article: A) => unknown,
): Near<A>[] {
  const stories = new Set<unknown>();
  const first: Near<A>[] = [];
  for (const each of near) {
    if (first.length === POOL) break;
    const story = storyOf(each.article);
    if (stories.has(story) || each.cosine > SAME_NEWS_COSINE || isCopy(article, each.article)) continue;
    stories.add(story);
    first.push(each);
  }
  return first;
}

function diversify<A extends RelatedArticle>(candidates: readonly Near<A>[], limit: number): Scored<A>[] {
  const chosen: Scored<A>[] = [];
  let left = candidates.map(({ article, score }) => ({ article, score, closest: 0 })); // `closest`: highest cosine with a selected article
  const value = (each: (typeof left)[number]) => each.score - ((1 - LAMBDA) / LAMBDA) * each.closest;
  while (chosen.length < limit && left.length > 0) {
    const best = left.reduce((a, b) => (value(b) > value(a) ? b : a));
    const { article } = best;
    chosen.push({ article, score: value(best) });
    const isFull = chosen.filter((one) => one.article.publication === article.publication).length >= PER_PUBLICATION;
    left = left.filter((each) => each !== best && !(isFull && each.article.publication === article.publication));
    for (const each of left) each.closest = Math.max(each.closest, dot(article.vector, each.article.vector));
  }
  return chosen;
}

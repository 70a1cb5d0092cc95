/** Explains why two articles are in one story, or are not. */
import type { ArticleVector, PackedVector } from '../model/story.js';
import { urlKey } from '../text/url/url.js';
import { eachWord } from '../text/words.js';
import { addProfiles, createProfile } from './profile.js';
import {
  type Comparison,
  compareSides,
  computeParts,
  requiredScore,
  type ScoreParts,
  type Side,
  sumParts,
} from './score.js';
import { unpackVector } from './terms/packed-vector.js';
import { findWeight, length } from './terms/vector.js';
import { listCitedPages } from './text/cited-pages.js';
import { overlap, sameText } from './text/minhash.js';
import { type Reading, readArticle, type StoryText, termReader } from './text/reading.js';

export interface ExplainedArticle extends StoryText {
  readonly sourceId: string;
  readonly publishedAt: number;
  /** Any identifier of its story; null: none yet. */
  readonly story: string | number | null;
  /** The other articles of its story, without the one that it is compared with. */
  readonly others: readonly StoryReporter[];
}

interface StoryReporter {
  readonly sourceId: string;
  readonly vector: PackedVector;
  readonly publishedAt: number;
}

/**
 * `copy`: the same text · `alike`: similar enough · `through-others`: linked by other articles of the story ·
 * `across-languages`: reports of one event in two languages · `language`: in two languages, and too little is written
 * alike · `too-far-apart`: in time · `format`: a daily format · `tip`: a shopping tip · `too-little`: not similar
 * enough · `other-story`: similar enough, but more similar to others.
 */
type PairReason =
  | 'copy'
  | 'alike'
  | 'through-others'
  | 'across-languages'
  | 'language'
  | 'too-far-apart'
  | 'format'
  | 'tip'
  | 'too-little'
  | 'other-story';

export interface PairExplanation {
  readonly oneStory: boolean;
  readonly reason: PairReason;
  readonly score: number;
  readonly needed: number;
  /** Number of articles that the first one was compared with: the second alone (1), or its whole story. */
  readonly articles: number;
  readonly parts: ScoreParts;
  readonly comparison: Comparison;
  /** Estimated Jaccard overlap of the texts, 0-1; near-duplicates have 0.6 or more. */
  readonly overlap: number;
  readonly hoursApart: number;
  /** Words of the first article that the second contains; `weight`: their part of the cosine. Greatest first. */
  readonly shared: readonly { readonly word: string; readonly weight: number }[];
  /** Addresses of pages that both cite, or of the article that the other cites. */
  readonly cited: readonly string[];
}

/** `weigh`: as for the site's stories (`SiteTerms.createWeigher`). */
export function explainPair(
  a: ExplainedArticle,
  b: ExplainedArticle,
  weigh: (article: { readonly sourceId: string; readonly reading: Reading }) => PackedVector,
  windowHours = 72,
): PairExplanation {
  const readings = [readArticle(a), readArticle(b)] as const;
  const packed = [weigh({ ...a, reading: readings[0] }), weigh({ ...b, reading: readings[1] })] as const;
  const vectors = [unpackVector(packed[0]), unpackVector(packed[1])] as const;
  const oneStory = a.story !== null && a.story === b.story;
  const own = toComparedSide([{ ...a, vector: packed[0] }], readings[0]);
  const other = toComparedSide([{ ...b, vector: packed[1] }, ...b.others], readings[1]);
  const comparison = compareSides(own, other);
  const parts = computeParts(comparison);
  const facts = {
    score: sumParts(parts),
    needed: requiredScore(own, other),
    overlap: overlap(readings[0].signature, readings[1].signature),
    hoursApart: Math.abs(a.publishedAt - b.publishedAt) / 3_600_000,
  };
  const reason = oneStory ? explainTogether(facts, readings) : explainApart(facts, readings, windowHours);
  return {
    oneStory,
    reason,
    ...facts,
    articles: other.size,
    parts,
    comparison,
    shared: sharedWords(mapWords(a, readings[0].language), vectors),
    cited: listPages(a).filter((page) => listPages(b).includes(page)),
  };
}

function toComparedSide(articles: readonly StoryReporter[], reading: Reading): Side {
  const profile = articles.map(({ vector }) => createProfile(unpackVector(vector))).reduce(addProfiles);
  const dates = articles.map(({ publishedAt }) => publishedAt);
  return {
    members: articles,
    profile,
    length: length(profile),
    size: articles.length,
    textLength: reading.terms.length * articles.length,
    vectors: articles.map(({ vector }) => vector),
    firstAt: Math.min(...dates),
    lastAt: Math.max(...dates),
  };
}

type Facts = Pick<PairExplanation, 'score' | 'needed' | 'overlap' | 'hoursApart'>;

function explainTogether({ score, needed, overlap }: Facts, [a, b]: readonly [Reading, Reading]): PairReason {
  if (a.language !== b.language) return 'across-languages';
  if (overlap >= sameText) return 'copy';
  return score >= needed ? 'alike' : 'through-others';
}

function explainApart(facts: Facts, [a, b]: readonly [Reading, Reading], windowHours: number): PairReason {
  if (a.language !== b.language) return 'language';
  if (facts.hoursApart >= windowHours) return 'too-far-apart';
  if (a.tip || b.tip) return 'tip';
  if (a.daily || b.daily) return 'format';
  return facts.score < facts.needed ? 'too-little' : 'other-story';
}

function listPages({ url, contentHtml }: StoryText): string[] {
  return [...(url ? [urlKey(url)] : []), ...(contentHtml ? listCitedPages(contentHtml, url ?? null) : [])];
}

function mapWords(text: StoryText, language: string): Map<number, string> {
  const words = new Map<number, string>();
  const termOf = termReader(language);
  for (const part of [text.title, text.summary ?? '', text.contentHtml ?? '']) {
    eachWord(part, language, (raw) => {
      const term = termOf(raw);
      if (!words.has(term)) words.set(term, raw);
    });
  }
  return words;
}

function sharedWords(
  words: ReadonlyMap<number, string>,
  [a, b]: readonly [ArticleVector, ArticleVector],
): PairExplanation['shared'] {
  return [...a.terms]
    .map((term) => ({ word: words.get(term) ?? '', weight: findWeight(a, term) * findWeight(b, term) }))
    .filter(({ word, weight }) => word !== '' && weight > 0)
    .sort((x, y) => y.weight - x.weight || (x.word < y.word ? -1 : 1));
}

/** Scores whether two sides, each an article or a story, report one event. */
import type { SourceId } from '../model/source.js';
import type { ArticleVector, PackedVector } from '../model/story.js';
import { linkStrength } from './link.js';
import type { Profile } from './profile.js';
import { unpackVector } from './terms/packed-vector.js';

/** An article or a story. */
export interface Side {
  readonly profile: Profile;
  /** Length of the profile's vector. */
  readonly length: number;
  readonly size: number;
  readonly textLength: number;
  readonly vectors: readonly PackedVector[];
  /** The articles, with a story's corrections. */
  readonly members: readonly { readonly sourceId: SourceId }[];
  /** Dates of its first and last article, in milliseconds. */
  readonly firstAt: number;
  readonly lastAt: number;
}

export interface Comparison {
  /** Cosine of the sums of both sides' articles, 0-1. */
  readonly cosine: number;
  /** Mean of the three strongest links between an article of one side and one of the other, 0-1. */
  readonly links: number;
  /** Sum over the shared terms: rarity times the smaller side's share of articles with the term; at most 50. */
  readonly rareWords: number;
  /** Share of the title words of one side that the other side contains, weighted by rarity; the greater of both. */
  readonly titleWords: number;
  readonly smaller: number;
  readonly larger: number;
  /** Between the last article of the earlier side and the first of the later; 0: they overlap. */
  readonly hoursApart: number;
  /** From the first report of a story to a single article that may join it; 0: earlier, or not such a pair. */
  readonly daysOld: number;
  /** Whether the source of a single article already is in the other side, a small story that shares words with it. */
  readonly sameSource: boolean;
  readonly terms: number;
}

/** The parts of a score, by purpose. */
export type ScoreParts = Readonly<
  Record<'likeness' | 'links' | 'rareWords' | 'titleWords' | 'size' | 'time' | 'source' | 'length', number>
>;

/** Fitted to articles of real days, grouped by hand. */
const WEIGHTS = {
  cosine: 2.75,
  rootOfCosine: 8.36,
  links: 1.4,
  rareWords: 0.057,
  titleWords: 1.72,
  smaller: -0.3,
  larger: 1.35,
  hoursApart: -0.21,
  sameHour: 0.6,
  daysSilent: -2,
  daysOld: -1,
  sameSource: -0.8,
  terms: 0.42,
};

/** Minimum scores of two articles, an article and a story, two stories. */
const NEEDED = { articles: 9.15, joining: 10.05, merging: 10.95 };

/** An event is reported for this many days. Later reports join only large stories. */
const REPORTED_DAYS = 1.5;
/** An article that is this many days younger than the story's first report rarely belongs to it. */
const JOINABLE_DAYS = 2.5;
/** Another publication's early report often shares only a rare name and a few words with the first ones. */
const EARLY = { articles: 3, rareWords: 14 };
/** In a smaller story, the second article of a source is often about another event, in the same phrases. */
const SMALL_STORY = 6;
const MAX_LINKED = 12;
/** Minimum share of a side's articles for a term to count. */
const MIN_SHARE = 0.3;
const MAX_RARE_WORDS = 50;
/** The size of a story has no effect beyond this. */
const MAX_ARTICLES = 20;

/** The score above the minimum for one story; negative: below. Not exact if it is less than `least`. */
export function computeSurplus(a: Side, b: Side, least = 0): number {
  const facts = compareProfiles(a, b);
  const rest = sumParts(computeParts(facts)) - requiredScore(a, b);
  if (rest + WEIGHTS.links < least) return rest; // too little even with the strongest links
  const links = strongestLinks(a, b);
  return links === 0 ? Number.NEGATIVE_INFINITY : rest + WEIGHTS.links * links;
}

export function compareSides(a: Side, b: Side): Comparison {
  return { ...compareProfiles(a, b), links: strongestLinks(a, b) };
}

export function computeParts(of: Comparison): ScoreParts {
  return {
    likeness: WEIGHTS.cosine * of.cosine + WEIGHTS.rootOfCosine * Math.sqrt(of.cosine),
    links: WEIGHTS.links * of.links,
    rareWords: WEIGHTS.rareWords * of.rareWords,
    titleWords: WEIGHTS.titleWords * of.titleWords,
    size:
      WEIGHTS.smaller * Math.log(Math.min(MAX_ARTICLES, of.smaller)) +
      WEIGHTS.larger * Math.log(Math.min(MAX_ARTICLES, of.larger)),
    time:
      WEIGHTS.hoursApart * Math.log(1 + of.hoursApart) +
      (WEIGHTS.daysSilent * Math.max(0, of.hoursApart / 24 - REPORTED_DAYS)) / of.larger +
      WEIGHTS.daysOld * Math.max(0, of.daysOld - JOINABLE_DAYS) +
      (isEarlyReport(of) ? WEIGHTS.sameHour * Math.max(0, 1 - of.hoursApart) : 0),
    source: of.sameSource ? WEIGHTS.sameSource : 0,
    length: WEIGHTS.terms * Math.log(Math.max(1, of.terms)),
  };
}

function isEarlyReport({ larger, sameSource, rareWords }: Comparison): boolean {
  return larger <= EARLY.articles && !sameSource && rareWords >= EARLY.rareWords;
}

export function sumParts(parts: ScoreParts): number {
  const { likeness, links, rareWords, titleWords, size, time, source, length } = parts;
  return likeness + links + rareWords + titleWords + size + time + source + length;
}

export function requiredScore({ size: a }: Pick<Side, 'size'>, { size: b }: Pick<Side, 'size'>): number {
  if (a === 1 && b === 1) return NEEDED.articles;
  return a === 1 || b === 1 ? NEEDED.joining : NEEDED.merging;
}

function compareProfiles(a: Side, b: Side): Comparison {
  const { profile: p } = a;
  const { profile: q } = b;
  let cosine = 0;
  let rareWords = 0;
  let [ownTitle, otherTitle] = [0, 0];
  const { size: left, terms: leftTerms } = p;
  const { size: right, terms: rightTerms } = q;
  for (let i = 0, j = 0; i < left && j < right; ) {
    const x = leftTerms[i]!;
    const y = rightTerms[j]!;
    if (x < y) i += 1;
    else if (x > y) j += 1;
    else {
      cosine += p.weights[i]! * q.weights[j]!;
      const share = Math.min(p.counts[i]! / a.size, q.counts[j]! / b.size);
      if (share >= MIN_SHARE) rareWords += share * p.rarities[i]!;
      ownTitle += p.titles[i]! * p.rarities[i]!;
      otherTitle += q.titles[j]! * q.rarities[j]!;
      i += 1;
      j += 1;
    }
  }
  return {
    cosine: cosine === 0 ? 0 : cosine / a.length / b.length,
    links: 0,
    rareWords: Math.min(MAX_RARE_WORDS, rareWords),
    titleWords: Math.max(computeShare(ownTitle, p.titleRarity), computeShare(otherTitle, q.titleRarity)),
    smaller: Math.min(a.size, b.size),
    larger: Math.max(a.size, b.size),
    hoursApart: Math.max(0, a.firstAt - b.lastAt, b.firstAt - a.lastAt) / 3_600_000,
    daysOld: Math.max(daysOld(a, b), daysOld(b, a)),
    sameSource: cosine > 0 && (isRepeated(a, b) || isRepeated(b, a)),
    terms: (a.textLength + b.textLength) / (a.size + b.size),
  };
}

function daysOld(article: Side, story: Side): number {
  if (article.size > 1 || story.size === 1) return 0;
  return Math.max(0, article.firstAt - story.firstAt) / 86_400_000;
}

function isRepeated(article: Side, story: Side): boolean {
  if (article.size > 1 || story.size > SMALL_STORY) return false;
  return story.members.some(({ sourceId }) => sourceId === article.members[0]?.sourceId);
}

function computeShare(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

function strongestLinks(a: Side, b: Side): number {
  let [first, second, third] = [0, 0, 0];
  const others = latest(b);
  for (const one of latest(a)) {
    for (const other of others) {
      const link = linkStrength(one, other);
      if (link <= third) continue;
      if (link > first) [first, second, third] = [link, first, second];
      else if (link > second) [second, third] = [link, second];
      else third = link;
    }
  }
  return (first + second + third) / Math.min(3, a.size * b.size);
}

function latest({ vectors }: Side): ArticleVector[] {
  return vectors.slice(-MAX_LINKED).map(unpackVector);
}

/** Explains why two articles are in one story, or are not. */
import { eachWord } from '../text/words.js';
import { leastCosine } from './cluster.js';
import { dot, type Vector, weightOf } from './terms/vector.js';
import { overlap, sameText } from './text/minhash.js';
import { type Reading, readArticle, type StoryText, termReader } from './text/reading.js';

export interface ExplainedArticle extends StoryText {
  readonly sourceId: string;
  /** In milliseconds. */
  readonly publishedAt: number;
  /** Any identifier of its story; null: none yet. */
  readonly story: string | number | null;
}

/**
 * `copy`: the same text · `alike`: similar enough · `through-others`: one story because of other articles between them ·
 * `language`: stories have one language · `too-far-apart`: in time · `format`: a format that recurs daily ·
 * `too-little`: not similar enough · `other-story`: similar enough, but each is more similar to others.
 */
type PairReason =
  | 'copy'
  | 'alike'
  | 'through-others'
  | 'language'
  | 'too-far-apart'
  | 'format'
  | 'too-little'
  | 'other-story';

export interface PairExplanation {
  readonly oneStory: boolean;
  readonly reason: PairReason;
  /** 0-1; `needed`: the least cosine for one story. */
  readonly cosine: number;
  readonly needed: number;
  /** Estimated Jaccard overlap of the texts, 0-1; near-duplicates have 0.6 or more. */
  readonly overlap: number;
  readonly hoursApart: number;
  /** Words of the first article that the second has too; `weight`: their part of `cosine`. Greatest first. */
  readonly shared: readonly { readonly word: string; readonly weight: number }[];
}

/** `weigh` must make vectors as for the site's stories: `SiteTerms.weigher`. */
export function explainPair(
  a: ExplainedArticle,
  b: ExplainedArticle,
  weigh: (article: { readonly sourceId: string; readonly reading: Reading }) => Vector,
  windowHours = 72,
): PairExplanation {
  const readings = [readArticle(a), readArticle(b)] as const;
  const vectors = [weigh({ ...a, reading: readings[0] }), weigh({ ...b, reading: readings[1] })] as const;
  const oneStory = a.story !== null && a.story === b.story;
  const facts = {
    cosine: dot(...vectors),
    needed: Math.min(...readings.map(({ terms }) => leastCosine(terms.length))),
    overlap: overlap(readings[0].signature, readings[1].signature),
    hoursApart: Math.abs(a.publishedAt - b.publishedAt) / 3_600_000,
  };
  const reason = oneStory ? reasonFor(facts) : reasonAgainst(facts, readings, windowHours);
  return { oneStory, reason, ...facts, shared: sharedWords(a, readings[0].language, vectors) };
}

type Facts = Pick<PairExplanation, 'cosine' | 'needed' | 'overlap' | 'hoursApart'>;

function reasonFor({ cosine, needed, overlap }: Facts): PairReason {
  if (overlap >= sameText) return 'copy';
  return cosine >= needed ? 'alike' : 'through-others';
}

function reasonAgainst(facts: Facts, [a, b]: readonly [Reading, Reading], windowHours: number): PairReason {
  if (a.language !== b.language) return 'language';
  if (facts.hoursApart >= windowHours) return 'too-far-apart';
  if (a.daily || b.daily) return 'format';
  return facts.cosine < facts.needed ? 'too-little' : 'other-story';
}

function sharedWords(text: StoryText, language: string, [a, b]: readonly [Vector, Vector]): PairExplanation['shared'] {
  const words = new Map<number, string>();
  const termOf = termReader(language);
  for (const part of [text.title, text.summary ?? '', text.contentHtml ?? '']) {
    eachWord(part, language, (raw) => {
      const term = termOf(raw);
      if (!words.has(term)) words.set(term, raw);
    });
  }
  return [...a.terms]
    .map((term) => ({ word: words.get(term) ?? '', weight: weightOf(a, term) * weightOf(b, term) }))
    .filter(({ word, weight }) => word !== '' && weight > 0)
    .sort((x, y) => y.weight - x.weight || (x.word < y.word ? -1 : 1));
}

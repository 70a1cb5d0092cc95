import { describe, expect, it } from 'vitest';
import { addProfiles, createProfile } from '../../src/cluster/profile.js';
import {
  compareSides,
  computeParts,
  computeSurplus,
  requiredScore,
  type Side,
  sumParts,
} from '../../src/cluster/score.js';
import { packVector } from '../../src/cluster/terms/packed-vector.js';
import { length } from '../../src/cluster/terms/vector.js';
import type { ArticleVector } from '../../src/model/story.js';
import { aVector } from '../support/vectors.js';

const hour = 3_600_000;

function side(
  vectors: readonly ArticleVector[],
  firstAt = 0,
  lastAt = firstAt,
  sources: readonly string[] = vectors.map((_, at) => `${firstAt} ${at}`),
): Side {
  const profile = vectors.map(createProfile).reduce(addProfiles);
  return {
    profile,
    length: length(profile),
    size: vectors.length,
    textLength: 30 * vectors.length,
    vectors: vectors.map(packVector),
    members: sources.map((sourceId) => ({ sourceId })),
    firstAt,
    lastAt,
  };
}
const even = (...terms: number[]) =>
  aVector(
    terms.map((term) => [term, 1] as const),
    { titles: terms.slice(0, 2) },
  );
const score = (a: Side, b: Side) => sumParts(computeParts(compareSides(a, b)));

describe('the score of two sides', () => {
  const told = even(1, 2, 3, 4, 5);

  it('is symmetric', () => {
    const [a, b] = [side([told, even(1, 2, 6, 7)], 0, 2 * hour), side([even(1, 2, 3, 8)], 5 * hour)];
    expect(compareSides(a, b)).toEqual(compareSides(b, a));
    expect(computeSurplus(a, b)).toBeCloseTo(computeSurplus(b, a), 9);
  });

  it('is sufficient for two reports of one event, not for a single shared word', () => {
    expect(computeSurplus(side([told]), side([even(1, 2, 3, 4, 6)]))).toBeGreaterThan(0);
    expect(computeSurplus(side([told]), side([even(1, 6, 7, 8, 9)]))).toBeLessThan(0);
  });

  it('equals surplus plus the required score', () => {
    const [a, b] = [side([told]), side([even(1, 2, 3, 7, 8)])];
    expect(computeSurplus(a, b)).toBeCloseTo(score(a, b) - requiredScore(a, b), 6);
  });

  it('decreases with the time between sides that do not overlap', () => {
    const other = even(1, 2, 3, 6);
    expect(score(side([told]), side([other], 3 * hour))).toBeLessThan(score(side([told]), side([other], hour)));
    const [two, three] = [side([told, told]), side([told, told, told])];
    const lost = (story: Side, days: number) =>
      score(side([other], (days + 1) * 24 * hour), story) - score(side([other], days * 24 * hour), story);
    expect(lost(side([told]), 2)).toBeLessThan(-2); // after days of silence
    expect(lost(two, 2)).toBeLessThan(lost(three, 2));
    const long = side([told, told], 0, 9 * hour);
    expect(compareSides(long, side([other], 5 * hour)).hoursApart).toBe(0);
  });

  it('grows within an hour of a small story, if another publication shares rare words', () => {
    const rare = Array.from({ length: 6 }, (_, at) => at + 1);
    const parts = (terms: readonly number[], at: number, sources?: readonly string[]) =>
      computeParts(compareSides(side([even(...rare)], 0, 0, ['a']), side([even(...terms)], at, at, sources))).time;
    const gain = (terms: readonly number[], sources?: readonly string[]) =>
      parts(terms, 0, sources) - parts(terms, hour, sources);
    expect(gain(rare)).toBeCloseTo(gain(rare.slice(0, 1)) + 0.6, 9);
    expect(gain(rare, ['a'])).toBeCloseTo(gain(rare.slice(0, 1)), 9);
  });

  it('decreases with the days since the first report', () => {
    const article = side([told], 100 * hour);
    const saga = (firstAt: number) => side([told, told, told], firstAt, 99 * hour);
    expect(score(article, saga(90 * hour))).toBeCloseTo(score(article, saga(60 * hour)), 9);
    expect(score(article, saga(4 * hour))).toBeCloseTo(score(article, saga(40 * hour)) - 1.5, 9);
    const other = side([told, told], 100 * hour);
    expect(score(other, saga(4 * hour))).toBeCloseTo(score(other, saga(90 * hour)), 9); // two stories
  });

  it('decreases if the source already has an article in a small story', () => {
    const article = side([told], hour, hour, ['a']);
    const story = (...sources: string[]) =>
      side(
        sources.map(() => told),
        0,
        0,
        sources,
      );
    expect(score(article, story('a', 'b'))).toBeCloseTo(score(article, story('c', 'b')) - 0.8, 9);
    expect(score(article, story('a'))).toBeLessThan(score(article, story('b')));
    const large = (first: string) => story(first, 'b', 'c', 'd', 'e', 'f', 'g');
    expect(score(article, large('a'))).toBeCloseTo(score(article, large('h')), 9);
    expect(score(story('a', 'b'), story('a', 'c'))).toBeCloseTo(score(story('a', 'b'), story('d', 'c')), 9);
  });

  it('grows with the story, like the required score', () => {
    const two = side([told, told]);
    expect(score(side([even(1, 2, 3, 6)]), two)).toBeGreaterThan(score(side([even(1, 2, 3, 6)]), side([told])));
    const needed = [requiredScore({ size: 1 }, { size: 1 }), requiredScore({ size: 1 }, two), requiredScore(two, two)];
    expect(needed).toEqual([...needed].sort((a, b) => a - b));
  });

  it('counts rare words of most articles of a story, not of one in four', () => {
    const story = side([even(1, 2, 3), even(1, 2, 4), even(1, 2, 5), even(1, 2, 6)]);
    expect(compareSides(side([even(6, 7, 8)]), story).rareWords).toBe(0);
    expect(compareSides(side([even(1, 7, 8)]), story).rareWords).toBe(7);
  });
});

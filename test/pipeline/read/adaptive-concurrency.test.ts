import { describe, expect, it } from 'vitest';
import { AdaptiveConcurrency, type NotedAnswer } from '../../../src/pipeline/read/adaptive-concurrency.js';

const GOOD: NotedAnswer = { isUnreached: false, bytes: 0 };
const LOST: NotedAnswer = { isUnreached: true, bytes: 0 };

/** The number of places after each round of as many answers; `load`: share of the time in which the thread works. */
function rounds(answers: readonly ((i: number) => NotedAnswer)[], load = 0): number[] {
  let now = 0;
  const clock = { elapsed: () => now, busy: () => now * load };
  const concurrency = new AdaptiveConcurrency({ least: 32, most: 512 }, clock);
  return answers.map((answerOf) => {
    now += 1000;
    for (let i = 0, count = concurrency.places; i < count; i++) concurrency.note(answerOf(i));
    return concurrency.places;
  });
}
const all = (answer: NotedAnswer) => () => answer;

describe('the number of requests in progress', () => {
  it('doubles from round to round while the thread has time to spare, up to the most', () => {
    expect(rounds(Array(6).fill(all(GOOD)))).toEqual([64, 128, 256, 512, 512, 512]);
  });

  it('stays where the thread is busy, and never falls below the least', () => {
    expect(rounds(Array(3).fill(all(GOOD)), 0.8)).toEqual([32, 32, 32]);
    expect(rounds(Array(3).fill(all(GOOD)), 0.99)).toEqual([32, 32, 32]);
  });

  it('halves where more than a quarter of those that answered before are not reached', () => {
    const few = (i: number) => (i % 5 === 0 ? LOST : GOOD);
    const many = (i: number) => (i % 3 === 0 ? LOST : GOOD);
    expect(rounds([all(GOOD), all(GOOD), few, many, many, all(LOST), all(LOST)])).toEqual([
      64, 128, 256, 128, 64, 32, 32,
    ]);
  });

  it('is so small that documents of the size of the last ones fit into 32 MB', () => {
    const large = all({ isUnreached: false, bytes: 200_000 });
    expect(rounds([large, large, large, large])).toEqual([64, 128, 160, 160]);
    expect(rounds([all({ isUnreached: false, bytes: 5_000_000 })])).toEqual([32]);
  });
});

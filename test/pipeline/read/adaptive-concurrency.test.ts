import { describe, expect, it } from 'vitest';
import { AdaptiveConcurrency, type RequestOutcome } from '../../../src/pipeline/read/adaptive-concurrency.js';

const GOOD: RequestOutcome = { isUnreached: false, bytes: 0 };
const LOST: RequestOutcome = { isUnreached: true, bytes: 0 };

/** Number of places after each round; `load`: CPU share of the thread. */
function rounds(answers: readonly ((i: number) => RequestOutcome)[], load = 0): number[] {
  let now = 0;
  const clock = { elapsed: () => now, busy: () => now * load };
  const concurrency = new AdaptiveConcurrency({ least: 32, most: 512 }, clock);
  return answers.map((answerOf) => {
    now += 1000;
    for (let i = 0, count = concurrency.places; i < count; i++) concurrency.note(answerOf(i));
    return concurrency.places;
  });
}
const all = (answer: RequestOutcome) => () => answer;

describe('AdaptiveConcurrency', () => {
  it('doubles each round up to the maximum while the thread is idle', () => {
    expect(rounds(Array(6).fill(all(GOOD)))).toEqual([64, 128, 256, 512, 512, 512]);
  });

  it('stays or falls while the thread is busy, but not below the minimum', () => {
    expect(rounds(Array(3).fill(all(GOOD)), 0.8)).toEqual([32, 32, 32]);
    expect(rounds(Array(3).fill(all(GOOD)), 0.99)).toEqual([32, 32, 32]);
  });

  it('halves when more than a quarter of previously reachable sources do not respond', () => {
    const few = (i: number) => (i % 5 === 0 ? LOST : GOOD);
    const many = (i: number) => (i % 3 === 0 ? LOST : GOOD);
    expect(rounds([all(GOOD), all(GOOD), few, many, many, all(LOST), all(LOST)])).toEqual([
      64, 128, 256, 128, 64, 32, 32,
    ]);
  });

  it('keeps documents of recent sizes within 32 MB', () => {
    const large = all({ isUnreached: false, bytes: 200_000 });
    expect(rounds([large, large, large, large])).toEqual([64, 128, 160, 160]);
    expect(rounds([all({ isUnreached: false, bytes: 5_000_000 })])).toEqual([32]);
  });
});

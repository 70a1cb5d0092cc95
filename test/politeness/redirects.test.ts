import { describe, expect, it } from 'vitest';
import type { RedirectMemory } from '../../src/model/source.js';
import { isProven, rememberRedirect } from '../../src/politeness/redirects.js';

const start = new Date('2026-11-01T00:00:00Z');
const hoursIn = (hours: number) => new Date(start.getTime() + hours * 3_600_000);
const hop = (status: number, to = 'https://new.example/feed') => ({ status, from: 'https://paper.example/feed', to });

/** The memory after equal responses, one every `step` hours. */
function told(answers: number, step: number, move = { hops: [hop(301)], items: 'known' as 'known' | 'unknown' }) {
  let memory: RedirectMemory | null = null;
  for (let i = 0; i < answers; i++) memory = rememberRedirect(memory, move, hoursIn(i * step));
  return memory;
}

// RFC 9110 15.4: 301 and 308 are permanent. The time of adoption is our own rule.
describe('a permanent redirect', () => {
  it.each([
    ['nine answers in nine days', 9, 24, false],
    ['ten answers in nine days', 10, 24, true],
    ['ten answers in six days', 10, 16, false],
    ['a hundred answers in four days', 100, 1, false],
    ['a hundred answers in eight days', 100, 2, true],
  ])('%s: proven is %s', (_, answers, step, proven) => {
    expect(isProven(told(answers, step)!, hoursIn((answers - 1) * step))).toBe(proven);
  });

  it('is not adopted without a known article', () => {
    expect(isProven(told(100, 24, { hops: [hop(308)], items: 'unknown' })!, hoursIn(2400))).toBe(false);
  });

  it.each([
    ['no redirect', []],
    ['302', [hop(302)]],
    ['303', [hop(303)]],
    ['307', [hop(307)]],
    ['a permanent one and then a temporary one', [hop(301), hop(302)]],
  ])('is forgotten after %s', (_, hops) => {
    expect(rememberRedirect(told(9, 24), { hops, items: 'known' }, hoursIn(300))).toBeNull();
  });

  it('is counted again for another target', () => {
    const move = { hops: [hop(301, 'https://elsewhere.example/')], items: 'unknown' as const };
    expect(rememberRedirect(told(9, 24), move, hoursIn(300))).toEqual({
      target: 'https://elsewhere.example/',
      answers: 1,
      since: hoursIn(300),
      shared: false,
    });
  });

  it('targets the end of a permanent chain', () => {
    const move = { hops: [hop(301), hop(308, 'https://last.example/')], items: 'known' as const };
    expect(rememberRedirect(null, move, start)?.target).toBe('https://last.example/');
  });
});

import { describe, expect, it } from 'vitest';
import { type Copy, selectCanonicalCopy } from '../../src/cluster/canonical-copies.js';

const copy = (ref: number, given: Partial<Copy> = {}): Copy => ({
  ref,
  id: `${ref}`,
  sourceId: `source-${ref}`,
  publishedAt: 100,
  firstSeenAt: 200,
  isShown: false,
  isBackdated: false,
  publication: `paper ${ref}`,
  site: null,
  origin: null,
  ...given,
});

const from = (name: string, site: string | null = null) => ({ name, site });

describe('of copies', () => {
  it.each<[string, Partial<Copy>, Partial<Copy>]>([
    ['the earlier by date is shown, where they came in one run', { publishedAt: 99 }, {}],
    ['the one seen first, whatever the date', { firstSeenAt: 150 }, { publishedAt: 50 }],
    ['the one that is not backdated', {}, { publishedAt: 50, isBackdated: true }],
    ['the one that was shown', { isShown: true }, { publishedAt: 50 }],
    ['the one that the other names', {}, { origin: from('paper 1'), publishedAt: 50, firstSeenAt: 10, isShown: true }],
    [
      'the one whose site the other names',
      { site: 'paper.example' },
      { origin: from('x', 'paper.example'), isShown: true },
    ],
    [
      'the first by date, where it names its own site',
      { site: 'paper.example', origin: from('x', 'paper.example'), publishedAt: 99 },
      { site: 'paper.example' },
    ],
    ['the first by source, where all is equal', {}, {}],
    [
      'the first by date, where both name the other',
      { origin: from('paper 2') },
      { origin: from('paper 1'), publishedAt: 101 },
    ],
    ['the first by date, where it names its own paper', { origin: from('paper 1'), publishedAt: 99 }, {}],
    ['the first by date, where it names a paper that has no copy', { origin: from('paper 9'), publishedAt: 99 }, {}],
  ])('%s', (_, shown, other) => {
    for (const copies of [
      [copy(1, shown), copy(2, other)],
      [copy(2, other), copy(1, shown)],
    ])
      expect(selectCanonicalCopy(copies).ref).toBe(1);
  });
});

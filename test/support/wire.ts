/** Invented news for tests of stories: a few events, each in the words of several publications. */
import type { IndexedArticle } from '../../src/cluster/story-index.js';

export const noon = Date.UTC(2026, 10, 24, 12);

/** An article of the source `paper`, published `hour` hours after noon. */
export function wire(id: string, hour: number, given: Partial<IndexedArticle> & { title: string }): IndexedArticle {
  return {
    id,
    sourceId: 'paper',
    summary: '',
    language: 'en',
    publishedAt: new Date(noon + hour * 3_600_000),
    ...given,
  };
}

export const ferry = [
  wire('f1', 0, {
    sourceId: 'harbour',
    title: 'Ferry runs aground off Velmora with 212 aboard',
    summary: 'The ferry Aldervane struck a sandbank near Velmora; all passengers were taken off by lifeboats.',
  }),
  wire('f2', 1, {
    sourceId: 'lantern',
    title: 'Passengers rescued after Aldervane ferry hits sandbank',
    summary: 'Lifeboats brought 212 people to Velmora harbour after the Aldervane ran aground in fog.',
  }),
  wire('f3', 3, {
    sourceId: 'ledger',
    title: 'Inquiry opens after ferry Aldervane hits sandbank off Velmora',
    summary: 'Investigators ask why the Aldervane left in fog; lifeboats took all 212 aboard to Velmora.',
  }),
];

export const tunnel = [
  wire('t1', 0.5, {
    sourceId: 'lantern',
    title: 'Brenholt tunnel to open in spring, minister says',
    summary: 'The long-delayed railway tunnel under Mount Brenholt is to carry its first trains in April.',
  }),
  wire('t2', 2, {
    sourceId: 'harbour',
    title: 'First trains through Brenholt tunnel next April',
    summary: 'After years of delay the railway under the mountain is ready, the transport minister announced.',
  }),
];

/** `count` unique words, the same for the same seed. */
export function inventedText(seed: number, count: number): string {
  const syllables = [
    'ka',
    'lo',
    'mi',
    'ru',
    'ves',
    'tan',
    'dor',
    'pel',
    'zun',
    'hai',
    'gri',
    'bo',
    'sne',
    'wul',
    'fex',
    'qua',
  ];
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return syllables[state >>> 28]!;
  };
  return Array.from({ length: count }, () => next() + next() + next() + next()).join(' ');
}

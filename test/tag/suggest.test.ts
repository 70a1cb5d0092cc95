import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { createSuggestionFinder, type SuggestionArticle } from '../../src/tag/suggest.js';

let number = 0;
const article = (
  title: string,
  topics: readonly string[],
  more: Partial<SuggestionArticle> = {},
): SuggestionArticle => {
  number += 1;
  return {
    id: `a${number}`,
    sourceId: number % 2 === 0 ? 'ledger' : 'courier',
    title,
    summary: '',
    language: 'en',
    publishedAt: new Date(Date.UTC(2026, 0, number)),
    topics: topics.map((topicId) => ({ topicId })),
    ...more,
  };
};
const many = (count: number, title: (index: number) => string, topics: readonly string[]) =>
  Array.from({ length: count }, (_, index) => article(title(index), topics));

const topics = [
  { id: 'sea', any: ['ferry'] },
  { id: 'land', any: ['tram'] },
];
const suggest = (articles: readonly SuggestionArticle[], ids = ['sea'], limit = 10) => {
  const finder = createSuggestionFinder(topics, ids, limit);
  for (const one of articles) finder.survey(one);
  for (const one of articles) finder.collect(one);
  for (const one of articles) finder.count(one);
  return finder.result();
};

describe('suggested phrases', () => {
  const accepted = many(12, (index) => `Ferry number ${index} meets a harbour pilot`, ['sea']);
  const untagged = many(7, (index) => `Harbour pilots retire, part ${index}`, []);
  const other = many(20, (index) => `Tram ${index} is late`, ['land']);

  it('occur in articles of the topic and would add others', () => {
    const [sea] = suggest([...accepted, ...untagged, ...other]);
    expect(sea).toMatchObject({ topicId: 'sea', articles: 12 });
    const [first, ...rest] = sea!.suggestions;
    expect(first).toMatchObject({ phrase: 'harbour', adds: 7, accepted: 12 });
    expect(first!.purity).toBeCloseTo(12 / (12 + 1.645 ** 2), 2);
    expect(first!.headlines).toEqual([6, 5, 4, 3, 2].map((part) => `Harbour pilots retire, part ${part}`));
    expect(rest).toEqual([]);
  });

  it('leave out phrases of other topics, known phrases, and phrases without effect', () => {
    const mixed = many(12, (index) => `Harbour tram ${index}`, ['land']);
    const phrases = suggest([...accepted, ...untagged, ...other, ...mixed])[0]!.suggestions.map(({ phrase }) => phrase);
    expect(phrases).not.toContain('harbour');
    expect(phrases).toContain('harbour pilot');
    expect(suggest([...accepted, ...other])[0]!.suggestions).toEqual([]);
    expect(suggest([...accepted, article('A ferry', [])])[0]!.suggestions).toEqual([]);
  });

  it('leave out boilerplate of one source', () => {
    const boilerplate = many(20, (index) => `Regatta ${index}`, ['sea']).map((one) => ({
      ...one,
      title: one.sourceId === 'ledger' ? `${one.title}: Ledger extra` : one.title,
    }));
    const phrases = suggest([...boilerplate, ...other, article('Ledger extra: tea', []), article('Regatta', [])]);
    expect(phrases[0]!.suggestions.map(({ phrase }) => phrase)).toEqual(['Regatta']);
  });

  it('are independent of order, limited, and filtered by topic', () => {
    const all = [...accepted, ...untagged, ...other];
    expect(suggest([...all].reverse())).toEqual(suggest(all));
    expect(suggest(all, ['sea'], 0)[0]!.suggestions).toEqual([]);
    expect(suggest(all, ['sea', 'land']).map(({ topicId }) => topicId)).toEqual(['sea', 'land']);
  });

  it('use no memory for phrases in only one article', () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage: () => void = runInNewContext('gc');
    const finder = createSuggestionFinder(topics, ['sea'], 10);
    let word = 0;
    const newWords = (count: number) => Array.from({ length: count }, () => `w${(word++).toString(36)}z`).join(' ');
    const articles = many(1000, () => newWords(40), ['sea']);
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    for (const one of articles) finder.survey(one);
    for (const one of articles) finder.collect(one);
    collectGarbage();
    const kept = process.memoryUsage().heapUsed - before;
    expect(finder.result()).toEqual([{ topicId: 'sea', articles: 1000, suggestions: [] }]);
    expect(kept).toBeLessThan(20e6);
  });
});

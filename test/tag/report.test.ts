import { describe, expect, it } from 'vitest';
import type { TopicConfig } from '../../src/model/topic.js';
import { createTopicsReport, nearMisses } from '../../src/tag/report.js';
import { createTagger } from '../../src/tag/tag.js';

const topics: readonly TopicConfig[] = [
  { id: 'world' },
  { id: 'war', parent: 'world', any: ['Kursk', 'shelling', 'artilery'], none: ['price war'] },
  { id: 'east', any: ['Kursk'] },
  { id: 'troops', any: ['troops'], all: ['North Korea'] },
];
const tagger = createTagger(topics);
const long = ' word'.repeat(130);

describe('nearMisses', () => {
  const missesOf = (title: string, bodyText = '') =>
    nearMisses(tagger.judge({ title, bodyText, language: 'en' })).map(({ topicId, reason }) => [topicId, reason]);

  it('gives the reason for each missing tag', () => {
    expect(missesOf('A price war in Kursk')).toEqual([['war', { kind: 'vetoed', by: ['price war'] }]]);
    expect(missesOf('Troops leave')).toEqual([['troops', { kind: 'missing', phrases: ['North Korea'] }]]);
    expect(missesOf('A day', `shelling${long}`)).toEqual([['war', { kind: 'weak', score: 1 }]]);
    expect(missesOf('Kursk')).toEqual([]);
  });
});

describe('createTopicsReport', () => {
  const report = createTopicsReport(topics, tagger, { limit: 2 });
  for (let n = 0; n < 6; n += 1)
    report.add({ id: `kursk-${n}`, title: n === 0 ? 'Kursk: shelling' : 'Kursk', language: 'en' });
  for (let n = 3; n > 0; n -= 1)
    report.add({ id: `weak-${n}`, title: 'Day', bodyText: `shelling${long}`, language: 'en' });
  report.add({ id: 'veto', title: 'A price war in Kursk', language: 'en' });
  const of = (id: string) => report.result().find(({ topicId }) => topicId === id);

  it('counts articles, with those of children, and their phrases', () => {
    expect(report.result().map(({ topicId, articles }) => [topicId, articles])).toEqual([
      ['world', 6],
      ['war', 6],
      ['east', 7],
      ['troops', 0],
    ]);
    expect(of('war')?.topPhrases).toEqual([
      { phrase: 'Kursk', articles: 6 },
      { phrase: 'shelling', articles: 1 },
    ]);
  });

  it('lists near misses up to the limit, the strongest first', () => {
    expect(of('war')?.nearMisses.map(({ id }) => id)).toEqual(['veto', 'weak-1']);
    expect(of('war')?.nearMisses[1]?.because).not.toEqual([]);
  });

  it('lists phrases without a match', () => {
    expect(of('war')?.silent).toEqual(['artilery']);
    expect(of('troops')?.silent).toEqual(['troops', 'North Korea']);
  });

  it('lists topics that always occur together, except parents', () => {
    expect(of('war')?.alwaysWith).toEqual(['east']);
    expect(of('east')?.alwaysWith).toEqual([]);
    expect(of('world')?.alwaysWith).toEqual(['east']);
  });
});

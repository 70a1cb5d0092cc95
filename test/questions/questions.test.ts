import { describe, expect, it } from 'vitest';
import type { Conditions, Question } from '../../src/model/question.js';
import { questionFingerprint } from '../../src/questions/fingerprint.js';
import { type CandidateArticle, createQuestions } from '../../src/questions/questions.js';
import { aText } from '../support/stored-articles.js';

const NOTHING: Conditions = { topics: [], sources: [], author: [], language: [], media: [], text: null };
const TEXT = { any: [], all: [], near: [], none: [] };
const question = (given: Partial<Question>): Question => ({ ...NOTHING, stories: 0, not: NOTHING, ...given });

const asked = (
  given: Partial<CandidateArticle['article']> = {},
  about: Partial<CandidateArticle> = {},
): CandidateArticle => ({
  article: {
    ...aText(1, { title: 'Courts weigh the new power plants', summary: 'A ruling is near.', contentHtml: null }),
    sourceId: 'wire',
    ...given,
  },
  topics: ['energy'],
  sources: ['wire'],
  publications: 1,
  ...about,
});

const fulfils = (given: Partial<Question>, article = asked()) =>
  createQuestions([{ path: 'channels/q', question: question(given) }]).listMatches(article).length === 1;

describe('a question', () => {
  it.each<[string, Partial<Question>, boolean]>([
    ['one of its topics', { topics: ['sport', 'energy'] }, true],
    ['none of its topics', { topics: ['sport'] }, false],
    ['one of its sources', { sources: ['wire'] }, true],
    ['word forms of a phrase', { text: { ...TEXT, all: ['court', 'power plant'] } }, true],
    ['a phrase that is not there', { text: { ...TEXT, all: ['court', 'ferry'] } }, false],
    ['one phrase of several', { text: { ...TEXT, any: ['ferry', 'ruling'] } }, true],
    ['phrases near each other', { text: { ...TEXT, near: [['court', 'plant']] } }, true],
    ['phrases in two paragraphs, which are not near', { text: { ...TEXT, near: [['court', 'ruling']] } }, false],
    ['a near group where one of any is enough', { text: { ...TEXT, any: ['court'], near: [['a', 'b']] } }, true],
    ['a phrase that must not be there', { text: { ...TEXT, any: ['court'], none: ['ruling'] } }, false],
    ['its language', { language: ['en'] }, true],
    ['another language', { language: ['uk', 'de'] }, false],
    ['its author', { author: ['Writer'] }, true],
    ['audio', { media: ['audio'] }, false],
    ['what must not be', { topics: ['energy'], not: { ...NOTHING, text: { ...TEXT, any: ['ruling'] } } }, false],
    ['what is not what must not be', { topics: ['energy'], not: { ...NOTHING, sources: ['post'] } }, true],
    ['two conditions, of which it fulfils one', { topics: ['energy'], language: ['uk'] }, false],
  ])('asks for %s', (_, given, expected) => {
    expect(fulfils(given)).toBe(expected);
  });

  it('matches conditions of hidden copies, but applies not to the article alone', () => {
    const copied = asked({}, { sources: ['wire', 'post'], topics: ['energy', 'world'] });
    expect(fulfils({ sources: ['post'] }, copied)).toBe(true);
    expect(fulfils({ topics: ['world'] }, copied)).toBe(true);
    expect(fulfils({ not: { ...NOTHING, sources: ['post'] } }, copied)).toBe(true);
  });

  it('ignores zero-width spaces in words', () => {
    const parted = asked({ title: 'Co\u200burts weigh the new power plants' });
    expect(fulfils({ text: { ...TEXT, all: ['court'] } }, parted)).toBe(true);
  });

  it('counts the publications of the story', () => {
    expect(fulfils({ stories: 3 }, asked({}, { publications: 2 }))).toBe(false);
    expect(fulfils({ stories: 3 }, asked({}, { publications: 3 }))).toBe(true);
  });

  it('matches a language in all its regions', () => {
    expect(fulfils({ language: ['pt'] }, asked({ language: 'pt-BR' }))).toBe(true);
    expect(fulfils({ language: ['pt-BR'] }, asked({ language: 'pt' }))).toBe(false);
    expect(fulfils({ language: ['pt'] }, asked({ language: null }))).toBe(false);
  });

  it('returns the result of every condition', () => {
    const given = question({ topics: ['sport'], language: ['en'], not: { ...NOTHING, author: ['Writer'] } });
    const answers = createQuestions([{ path: 'channels/q', question: given }]).evaluate(asked());
    expect(answers.get('channels/q')).toEqual([
      { part: 'topics', not: false, fulfilled: false },
      { part: 'language', not: false, fulfilled: true },
      { part: 'author', not: true, fulfilled: false },
    ]);
  });
});

describe('the fingerprint of a question', () => {
  it('changes with its conditions, not with the order of lists', () => {
    const of = (given: Partial<Question>) => questionFingerprint(question(given));
    expect(of({ topics: ['a', 'b'] })).toBe(of({ topics: ['b', 'a', 'b'] }));
    const all = [
      {},
      { topics: ['a'] },
      { sources: ['a'] },
      { stories: 2 },
      { not: { ...NOTHING, topics: ['a'] } },
      { text: TEXT },
      { text: { ...TEXT, any: ['a'] } },
      { text: { ...TEXT, all: ['a'] } },
    ];
    expect(new Set(all.map(of)).size).toBe(all.length);
  });
});

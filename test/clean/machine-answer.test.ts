import { describe, expect, it } from 'vitest';
import { type AnswerContext, readAnswers } from '../../src/clean/machine-answer.js';

const asked = new Map([['urn:1', { url: 'https://paper.example/1', language: 'en' }]]);
const context = (command: Partial<AnswerContext['command']> = {}): AnswerContext => ({
  command: { as: 'translation', of: ['title', 'summary', 'content'], language: 'uk', ...command },
  topics: new Set(['sea', 'world']),
  asked,
});
const answer = (given: unknown, command: Partial<AnswerContext['command']> = {}) =>
  readAnswers([JSON.stringify(given)], context(command)).answers.get('urn:1');

describe('an answer of a command', () => {
  it('is cleaned and sanitised', () => {
    expect(
      answer({
        id: 'urn:1',
        title: ' Ship\u202e\n & &amp; sea ',
        summary: 'One.\n\nTwo.',
        content: '<p onclick="x()">Text<script>x()</script> <a href="/2">more</a></p>',
      }),
    ).toEqual({
      language: 'uk',
      title: 'Ship & & sea',
      summary: 'One. Two.',
      contentHtml: '<p>Text <a rel="nofollow noopener noreferrer ugc" href="https://paper.example/2">more</a></p>',
      topics: [],
    });
  });

  it('has only requested fields, and a summary of 500 characters', () => {
    const given = { id: 'urn:1', title: 'T', summary: 'word '.repeat(300), content: '<p>x</p>', topics: ['sea'] };
    const summary = answer(given, { as: 'summary', language: null })!;
    expect(summary).toMatchObject({ language: 'en', title: null, contentHtml: null, topics: [] });
    expect(summary.summary!.length).toBeLessThanOrEqual(500);
    expect(answer(given, { of: ['title'] })).toMatchObject({ title: 'T', summary: null, contentHtml: null });
  });

  it('keeps known topics, once each', () => {
    const lines = [JSON.stringify({ id: 'urn:1', topics: ['sea', 'moon', 'sea', 7] })];
    const { answers, unknownTopics } = readAnswers(lines, context({ as: 'topics' }));
    expect(answers.get('urn:1')).toMatchObject({ topics: ['sea'], language: null });
    expect(unknownTopics).toEqual(['moon']);
  });

  it.each([
    ['no JSON', '{'],
    ['a list', '["urn:1"]'],
    ['no object', 'null'],
    ['another article', '{"id":"urn:2","title":"T"}'],
    ['no id', '{"title":"T"}'],
    ['a number for an id', '{"id":1}'],
    ['too deep', '['.repeat(100_000)],
  ])('is none where it is %s', (_, line) => {
    expect(readAnswers([line], context())).toEqual({ answers: new Map(), unread: 1, unknownTopics: [] });
  });

  it('counts once per article, and ignores fields of the wrong type', () => {
    const lines = ['{"id":"urn:1","title":["x"],"language":5}', '{"id":"urn:1","title":"Second"}', ' '];
    const { answers, unread } = readAnswers(lines, context());
    expect(answers.get('urn:1')).toMatchObject({ title: null, language: 'uk' });
    expect(unread).toBe(0);
  });
});

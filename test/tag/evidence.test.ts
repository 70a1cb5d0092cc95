import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Because } from '../../src/model/article.js';
import type { TopicConfig } from '../../src/model/topic.js';
import { contentText } from '../../src/tag/fields.js';
import { createTagger, type Taggable } from '../../src/tag/tag.js';
import { normalizeWord, tokens } from '../../src/text/words.js';

const vocabulary = [
  'Kyiv',
  'Ukrain*',
  'troops',
  'US',
  'NATO',
  '=universe',
  'São Paulo',
  'Иран*',
  'санкции',
  'санкції',
  '东京',
  'München',
  'price war',
  'cease-fire',
  'G7',
  '이란',
];
const phrase = fc.constantFrom(...vocabulary);
const filler = fc.constantFrom(
  'the',
  'a',
  '.',
  ',',
  '—',
  '\n',
  'universes',
  'troop',
  'us',
  'nato',
  'Nato',
  'Ukrainian',
  'U.S.',
  'Sao',
  'иранский',
  'санкций',
  '东京都',
  '😀',
  'e\u0301',
  '&',
  '<b>',
  '’s',
  '이란은',
);
const text = fc
  .array(
    fc.oneof(
      phrase.map((written) => written.replace(/[*=]/g, '')),
      filler,
    ),
    { maxLength: 40 },
  )
  .map((words) => words.join(' '));
const topic: fc.Arbitrary<TopicConfig> = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd'),
  parent: fc.constantFrom('a', 'b', undefined),
  any: fc.array(phrase, { maxLength: 5 }),
  all: fc.array(phrase, { maxLength: 1 }),
  none: fc.array(phrase, { maxLength: 1 }),
  near: fc.array(fc.tuple(phrase, phrase), { maxLength: 1 }),
});
const article: fc.Arbitrary<Taggable & { title: string }> = fc.record({
  title: text,
  summary: text,
  contentHtml: fc.oneof(
    fc.constant(null),
    text.map((body) => `<p>${body}</p>`),
  ),
  language: fc.constantFrom('en', 'ru', 'uk', 'zh', 'ko', 'tr', null),
  url: fc.constantFrom('https://a.example/kyiv-troops', null),
});

describe('evidence', () => {
  it('stands in the article where it says, and its weights make the score', () => {
    fc.assert(
      fc.property(fc.uniqueArray(topic, { selector: ({ id }) => id, maxLength: 4 }), article, (topics, given) => {
        for (const tag of createTagger(topics).tag(given)) {
          expect(tag.because.length).toBeGreaterThan(0);
          expect(tag.because.reduce((sum, { weight }) => sum + weight, 0)).toBe(tag.score);
          for (const because of tag.because) expect(standsThere(because, given)).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('never throws, whatever phrases and texts are made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (written, title) => {
        createTagger([{ id: 'x', any: [written], near: [[written, title]], all: [written] }]).tag({
          title,
          contentHtml: title,
        });
      }),
    );
  });
});

// A word at the offset begins as the first word of the phrase does.
function standsThere(because: Because, given: Taggable): boolean {
  const fields: Record<string, string> = {
    title: given.title,
    summary: given.summary ?? '',
    content: contentText(given),
    url: given.url ?? '',
  };
  const found = (fields[because.field] ?? '').slice(because.offset);
  const stem = (word: string) => normalizeWord(word, null).normalize('NFD').slice(0, 3);
  const first = tokens(because.phrase.replace(/[*=]/g, ''), null)[0]?.text ?? '';
  return stem(tokens(found, null)[0]?.text ?? '').startsWith(stem(first).slice(0, 2)) && /^\S/.test(found);
}

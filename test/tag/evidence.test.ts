import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Because } from '../../src/model/article.js';
import type { TopicConfig } from '../../src/model/topic.js';
import { contentText } from '../../src/tag/fields.js';
import { createTagger, type Taggable } from '../../src/tag/tag.js';
import { eachWord, normalizeWord } from '../../src/text/words.js';
import { runs } from '../support/thorough.js';

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
  it('has correct offsets, and weights that add up to the score', () => {
    fc.assert(
      fc.property(fc.uniqueArray(topic, { selector: ({ id }) => id, maxLength: 4 }), article, (topics, given) => {
        for (const tag of createTagger(topics).tag(given)) {
          expect(tag.because.length).toBeGreaterThan(0);
          expect(tag.because.reduce((sum, { weight }) => sum + weight, 0)).toBe(tag.score);
          for (const because of tag.because) expect(standsThere(because, given)).toBe(true);
        }
      }),
      { numRuns: runs(1_000) },
    );
  });

  it('takes linear time for very long words and lines', () => {
    const hostile = [
      'і'.repeat(200_000),
      'A '.repeat(200_000),
      'troops '.repeat(60_000),
      '\n'.repeat(200_000),
      'read more\n'.repeat(20_000),
    ];
    const tagger = createTagger([
      { id: 'x', any: ['troops', 'Ukrain*'], near: [['troops', 'troops march']], none: ['US'] },
    ]);
    const before = process.cpuUsage().user;
    for (const text of hostile) {
      for (const language of ['uk', 'en', 'es', 'tr', null])
        tagger.tag({ title: text, summary: text, bodyText: text, language });
    }
    expect(process.cpuUsage().user - before).toBeLessThan(3e6); // microseconds
  });

  it('never throws for any phrases and texts', () => {
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

// Whether the word at the offset begins like the first word of the phrase.
function standsThere(because: Because, given: Taggable): boolean {
  const fields: Record<string, string> = {
    title: given.title,
    summary: given.summary ?? '',
    content: contentText(given),
    url: given.url ?? '',
  };
  const found = (fields[because.field] ?? '').slice(because.offset);
  const beginning = firstWord(because.phrase.replace(/[*=]/g, '')).slice(0, 2);
  return firstWord(found).startsWith(beginning) && /^\S/.test(found);
}

function firstWord(text: string): string {
  const words: string[] = [];
  eachWord(text, null, (raw) => words.push(raw));
  return normalizeWord(words[0] ?? '', null).normalize('NFD');
}

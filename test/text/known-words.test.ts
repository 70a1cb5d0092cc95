import fc from 'fast-check';
import { expect, it } from 'vitest';
import { KnownWords } from '../../src/text/known-words.js';

const LIST = ['a', 'the', 'told', 'écrit', 'пишет', 'на', '阅读全文'];

it('finds them in any case, however lower case is told', () => {
  const known = new KnownWords(['i', 'told', 'écrit', 'вести', 'οδος', 'straße']);
  expect(known.in('TOLD Écrit ВЕСТИ STRAßE')).toEqual(['told', 'écrit', 'вести', 'straße']);
  for (const text of ['İ told', 'ΟΔΟΣ', 'K told', '𐐀i Told', 'Ⅷi'])
    expect(known.in(text)).toEqual(known.in(text.toLowerCase()));
  expect(known.in('ΟΔΟΣ')).toEqual(['οδος']);
});

it('finds what cutting the text into words would find', () => {
  const known = new KnownWords(LIST);
  const sign = fc.constantFrom(...LIST, ' ', '-', '9', '’', '\u0301', '😀', '𝐀', '\ud835', '_', 'x');
  fc.assert(
    fc.property(fc.array(sign), (signs) => {
      const text = signs.join('');
      const cut = new Set(text.match(/\p{L}+/gu) ?? []);
      expect(known.in(text)).toEqual([...cut].filter((word) => LIST.includes(word)));
    }),
    { seed: 4, numRuns: 2_000 },
  );
});

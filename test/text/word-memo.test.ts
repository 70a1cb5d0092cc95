import { describe, expect, it } from 'vitest';
import { withTextUnits } from '../../src/text/text-units.js';
import { hashedWith, WordMemo } from '../../src/text/word-memo.js';

function counting(most: number) {
  const computed: string[] = [];
  const memo = new WordMemo((raw) => {
    computed.push(raw);
    return raw.startsWith('x') ? null : raw.toUpperCase();
  }, most);
  const ask = (word: string, hash: number) => {
    let known: string | null = null;
    withTextUnits(`in ${word} it`, (units) => {
      known = memo.of(units, 3, 3 + word.length, hash);
    });
    return known;
  };
  return { ask, computed };
}

const hashOf = (word: string) => [...word].reduce((hash, sign) => hashedWith(hash, sign.charCodeAt(0)), 0);
const words = Array.from({ length: 3_000 }, (_, n) => `${n % 7 === 0 ? 'x' : ''}слово-${n}`);
const expected = words.map((word) => (word.startsWith('x') ? null : word.toUpperCase()));

describe('WordMemo', () => {
  it('computes once what a word stands for', () => {
    const { ask, computed } = counting(5_000);
    for (let round = 0; round < 2; round += 1) expect(words.map((word) => ask(word, hashOf(word)))).toEqual(expected);
    expect(computed).toEqual(words);
  });

  it('keeps words apart that have one hash, and computes each once', () => {
    const { ask, computed } = counting(5_000);
    for (let round = 0; round < 2; round += 1) expect(words.map((word) => ask(word, 7))).toEqual(expected);
    expect(computed).toEqual(words);
  });

  it('begins anew where it is full', () => {
    const { ask, computed } = counting(10);
    for (let round = 0; round < 2; round += 1) expect(words.map((word) => ask(word, hashOf(word)))).toEqual(expected);
    expect(computed).toHaveLength(2 * words.length);
  });
});

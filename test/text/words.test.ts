import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eachWord, type Gap, hasUnspacedScript, normalizeWord, stopwords } from '../../src/text/words.js';

function read(text: string, language: string | null): { raw: string; offset: number; gap: Gap }[] {
  const list: { raw: string; offset: number; gap: Gap }[] = [];
  eachWord(text, language, (raw, offset, gap) => list.push({ raw, offset, gap }));
  return list;
}
const words = (text: string, language: string | null = 'en') =>
  read(text, language).map(({ raw }) => normalizeWord(raw, language));
const gaps = (text: string) => read(text, 'en').map(({ gap }) => gap);

describe('eachWord', () => {
  it.each([
    ['Kyiv’s mayor', 'en', ['kyiv', 'mayor']],
    ['The U.N. and U.S.A. met', 'en', ['the', 'un', 'and', 'usa', 'met']],
    ['l’Ukraine résiste', 'fr', ['l', 'ukraine', 'résiste']],
    ['ANKARA’DA KAR', 'tr', ['ankara', 'kar']],
    ['Çin’in IRAK', 'tr', ['çin', 'ırak']],
    ["O‘zbek, Oʻzbek va O'zbek", 'uz', ['o', 'zbek', 'o', 'zbek', 'va', 'o', 'zbek']],
    ['здоров’я', 'uk', ['здоровя']],
    ['Королёв', 'ru', ['королев']],
    ['Straße', 'de', ['strasse']],
    ['co\u00adoperate', 'en', ['cooperate']],
    ['ﬁre ＮＡＴＯ', 'en', ['fire', 'nato']],
    ['الحَرْبُ', 'ar', ['الحرب']],
    ['كي', 'fa', ['کی']],
    ['كي', 'ar', ['كي']],
    ['3.5 million', 'en', ['3', '5', 'million']],
    ['⚡️NATO ❤️ 1️⃣ one', 'en', ['nato', '1', 'one']],
    ['', 'en', []],
    ['… — !', 'en', []],
  ])('reads %j (%s)', (text, language, expected) => {
    expect(words(text, language)).toEqual(expected);
  });

  it('reports the offset of each word in the original text', () => {
    const text = 'É: the U.N.\u00a0😀 “São Paulo”';
    for (const { raw, offset } of read(text, 'pt')) expect(text.startsWith(raw, offset)).toBe(true);
    expect(read(text, 'pt').map(({ raw }) => raw)).toEqual(['É', 'the', 'U.N.', 'São', 'Paulo']);
  });

  it('classifies the gaps between words', () => {
    expect(gaps('North-Korea, they went north. Korea\nnext')).toEqual([3, 0, 1, 0, 0, 2, 3]);
    expect(gaps('St. Petersburg and George W. Bush')).toEqual([3, 0, 0, 0, 0, 0]);
    expect(gaps('U.S. Navy (blue) – sea')).toEqual([3, 0, 1, 1]);
  });

  it('finds the same words with any number of spaces', () => {
    const pieces = [
      'co',
      'Kyiv',
      'St',
      'U',
      'U.S',
      'здоров',
      "'",
      '…',
      '😀',
      '한국',
      '7',
      'é',
      'défi',
      'Київ',
      '漢字',
      '’',
      '’s',
      '.',
      ',',
      '-',
      '\n',
      '\u0301',
      '\u00ad',
    ];
    const texts = fc.array(fc.constantFrom(...pieces, ' ', ' ', ' ', ' '), { maxLength: 24 });
    const told = (text: string, language: string) => read(text, language).map(({ raw, gap }) => [raw, gap]);
    fc.assert(
      fc.property(texts, fc.constantFrom('en', 'tr'), (parts, language) => {
        const text = parts.join('');
        expect(told(text.replaceAll(' ', '  '), language)).toEqual(told(text, language));
        // Outside of the table of plain words, so that the regular expressions apply.
        expect(told(text.replaceAll(' ', '☃'), language)).toEqual(told(text, language));
        for (const { raw, offset } of read(text, language)) expect(text.startsWith(raw, offset)).toBe(true);
      }),
      { seed: 5, numRuns: 500 },
    );
  });

  it('segments unspaced scripts into words', () => {
    expect(words('朝鲜士兵在乌克兰', 'zh')).toContain('乌克兰');
    const whole: string[] = [];
    const text = 'In 朝鲜士兵 go';
    eachWord(
      text,
      'zh',
      (raw) => whole.push(raw),
      (run) => whole.push(run),
    );
    expect(whole).toEqual(['In', '朝鲜士兵', 'go']);
    expect(hasUnspacedScript('ウクライナ')).toBe(true);
    expect(hasUnspacedScript('Україна 북한 😀')).toBe(false);
  });
});

describe('stopwords', () => {
  it('returns the stopwords of a language, none for an unknown one', () => {
    expect(stopwords('en-GB').has('the')).toBe(true);
    expect(stopwords('uk').has('та')).toBe(true);
    expect(stopwords('xx').size).toBe(0);
    expect(stopwords(null).size).toBe(0);
  });
});

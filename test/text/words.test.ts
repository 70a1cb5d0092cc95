import { describe, expect, it } from 'vitest';
import { hasUnspacedScript, stopwords, tokens } from '../../src/text/words.js';

const words = (text: string, language: string | null = 'en') => tokens(text, language).map((token) => token.word);
const stems = (text: string, language: string | null = 'en') => tokens(text, language).map((token) => token.stem);
const gaps = (text: string) => tokens(text, 'en').map((token) => token.gap);

describe('tokens', () => {
  it.each([
    ['Kyiv’s mayor', 'en', ['kyiv', 'mayor']],
    ['The U.N. and U.S.A. met', 'en', ['the', 'un', 'and', 'usa', 'met']],
    ['l’Ukraine résiste', 'fr', ['l', 'ukraine', 'résiste']],
    ['ANKARA’DA KAR', 'tr', ['ankara', 'kar']],
    ['Çin’in IRAK', 'tr', ['çin', 'ırak']],
    ['здоров’я', 'uk', ['здоровя']],
    ['Королёв', 'ru', ['королев']],
    ['Straße', 'de', ['strasse']],
    ['co\u00adoperate', 'en', ['cooperate']],
    ['ﬁre ＮＡＴＯ', 'en', ['fire', 'nato']],
    ['الحَرْبُ', 'ar', ['الحرب']],
    ['3.5 million', 'en', ['3', '5', 'million']],
    ['', 'en', []],
    ['… — !', 'en', []],
  ])('reads %j (%s)', (text, language, expected) => {
    expect(words(text, language)).toEqual(expected);
  });

  it('keeps the place of each word in the text as written', () => {
    const text = 'É: the U.N.\u00a0😀 “São Paulo”';
    for (const token of tokens(text, 'pt')) expect(text.startsWith(token.text, token.offset)).toBe(true);
    expect(tokens(text, 'pt').map((token) => token.text)).toEqual(['É', 'the', 'U.N.', 'São', 'Paulo']);
  });

  it('stems by language, then folds diacritics, but never й and ї', () => {
    expect(stems('sanctions countries', 'en')).toEqual(['sanction', 'countri']);
    expect(stems('élections', 'fr')).toEqual(['elect']);
    expect(stems('Häuser', 'de-AT')).toEqual(['haus']);
    expect(stems('Łódź Їжак йод', null)).toEqual(['lodz', 'їжак', 'йод']);
  });

  it('says what stands between words', () => {
    expect(gaps('North-Korea, they went north. Korea\nnext')).toEqual([3, 0, 1, 0, 0, 2, 3]);
    expect(gaps('St. Petersburg and George W. Bush')).toEqual([3, 0, 0, 0, 0, 0]);
    expect(gaps('U.S. Navy (blue) – sea')).toEqual([3, 0, 1, 1]);
  });

  it('cuts unspaced scripts into words', () => {
    expect(words('朝鲜士兵在乌克兰', 'zh')).toContain('乌克兰');
    expect(hasUnspacedScript('ウクライナ')).toBe(true);
    expect(hasUnspacedScript('Україна 북한 😀')).toBe(false);
  });
});

describe('stopwords', () => {
  it('knows those of a language, and none of one it has never heard of', () => {
    expect(stopwords('en-GB').has('the')).toBe(true);
    expect(stopwords('uk').has('та')).toBe(true);
    expect(stopwords('xx').size).toBe(0);
    expect(stopwords(null).size).toBe(0);
  });
});

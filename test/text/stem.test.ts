import { describe, expect, it } from 'vitest';
import { byAlphabet, foldDiacritics, primaryLanguage, stemmerOf } from '../../src/text/stem.js';

describe('stemmerOf', () => {
  it.each([
    ['en', 'sanctions', 'sanction'],
    ['en-GB', 'countries', 'countri'],
    ['ru', 'войсками', 'войск'],
    ['uk', 'україни', 'україн'],
    ['nb', 'husene', 'hus'],
    [null, 'sanctions', 'sanctions'],
    ['pl', 'wyborach', 'wyborach'],
    ['constructor', 'words', 'words'],
  ])('%s: %s → %s', (language, word, stem) => {
    expect(stemmerOf(language)(word)).toBe(stem);
  });
});

describe('primaryLanguage', () => {
  it('is the first subtag in lower case', () => {
    expect(['zh-Hant', 'PT_br', 'en', null].map(primaryLanguage)).toEqual(['zh', 'pt', 'en', '']);
  });
});

describe('foldDiacritics', () => {
  it('keeps the letters й and ї whole, and folds what people leave out', () => {
    expect(foldDiacritics('zürich são łódź kaczyński ελλάδα й ї')).toBe('zurich sao lodz kaczynski ελλαδα й ї');
  });

  it('leaves a word alone that its stemmer cannot take', () => {
    expect(stemmerOf('bg')('освен')).toBe('освен');
    expect(stemmerOf('bg')('градовете')).not.toBe('градовете');
  });
});

describe('byAlphabet', () => {
  it('sorts names as people look for them, whatever their case and diacritics', () => {
    const sorted = [
      'Ærø Tidende',
      'Arbroath Echo',
      'Åsa',
      'asb',
      'Écho',
      'Edge',
      'Łódź',
      'Lyme',
      'Zebra',
      'Июль',
      'Йод',
      'Кот',
    ];
    expect([...sorted].reverse().sort(byAlphabet)).toEqual(sorted);
  });

  it('is one order: what differs in a mark alone has its place, and names that are alike are level', () => {
    expect([byAlphabet('Åsa', 'Asa'), byAlphabet('asa', 'ÅSA'), byAlphabet('Åsa', 'åsa')]).toEqual([1, -1, 0]);
  });
});

import { describe, expect, it } from 'vitest';
import { compareAlphabetically, foldDiacritics, loadStemmer, primaryLanguage } from '../../src/text/stem.js';

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
    expect(loadStemmer(language)(word)).toBe(stem);
  });
});

describe('primaryLanguage', () => {
  it('is the first subtag in lower case', () => {
    expect(['zh-Hant', 'PT_br', 'en', null].map(primaryLanguage)).toEqual(['zh', 'pt', 'en', '']);
  });
});

describe('foldDiacritics', () => {
  it('keeps й and ї, and folds other diacritics', () => {
    expect(foldDiacritics('zürich são łódź kaczyński ελλάδα й ї')).toBe('zurich sao lodz kaczynski ελλαδα й ї');
  });

  it('returns a word unchanged if its stemmer throws', () => {
    expect(loadStemmer('bg')('освен')).toBe('освен');
    expect(loadStemmer('bg')('градовете')).not.toBe('градовете');
  });
});

describe('byAlphabet', () => {
  it('ignores case and diacritics', () => {
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
    expect([...sorted].reverse().sort(compareAlphabetically)).toEqual(sorted);
  });

  it('is a total order, with 0 for names that differ only in case', () => {
    expect([
      compareAlphabetically('Åsa', 'Asa'),
      compareAlphabetically('asa', 'ÅSA'),
      compareAlphabetically('Åsa', 'åsa'),
    ]).toEqual([1, -1, 0]);
  });
});

import { describe, expect, it } from 'vitest';
import { loadCountryStems } from '../../src/text/country-words.js';
import { foldDiacritics, loadStemmer } from '../../src/text/stem.js';
import { normalizeWord } from '../../src/text/words.js';

const stem = (word: string, language: string) =>
  loadCountryStems(language)(foldDiacritics(loadStemmer(language)(normalizeWord(word, language))));

describe('countryStems', () => {
  it.each([
    ['en', 'Chinese', 'China'],
    ['en', 'Russians', 'Russia'],
    ['en', 'Peruvian', 'Peru'],
    ['de', 'französisch', 'Frankreich'],
    ['ru', 'украинского', 'Украина'],
    ['uk', 'польський', 'Польща'],
  ])('in %s %s is of %s', (language, word, country) => {
    expect(stem(word, language)).toBe(stem(country, language));
  });

  it('does not change other words and languages without a list', () => {
    expect(stem('harbour', 'en')).toBe('harbour');
    expect(loadCountryStems('xx')('chinese')).toBe('chinese');
  });
});

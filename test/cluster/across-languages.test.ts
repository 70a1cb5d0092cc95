import { describe, expect, it } from 'vitest';
import { isAlsoReported, mentionsOf } from '../../src/cluster/across-languages.js';
import { noon } from '../support/wire.js';

const told = (language: string, title: string, summary: string, hour = 0) =>
  mentionsOf({ title, summary, language, publishedAt: new Date(noon + hour * 3_600_000) });

const english = told(
  'en',
  'Ferry aground off Norway',
  'Captain Torvald Brandelsen kept all 212 aboard the Kvernmoor calm.',
);
const russian = told(
  'ru',
  'В Норвегии паром сел на мель',
  'Капитан Брандельсен успокоил 212 пассажиров. Норвегия начала проверку.',
  2,
);

describe('isAlsoReported', () => {
  it('knows names, numbers and countries again in another script', () => {
    expect([...russian.names].filter((name) => english.names.has(name)).sort()).toEqual(['212', 'brndl']);
    expect(english.countries).toEqual(new Set(['NO']));
    expect(isAlsoReported(english, russian)).toBe(true);
    expect(isAlsoReported(russian, english)).toBe(true);
  });

  it.each([
    ['another day', told('ru', 'В Норвегии паром сел на мель', 'Капитан Брандельсен, 212 пассажиров, Норвегия.', 25)],
    ['one name alone', told('ru', 'Норвегия: капитан Брандельсен уволен', 'Норвегия начала проверку.')],
    ['no country', told('ru', 'Паром сел на мель', 'Капитан Брандельсен успокоил 212 пассажиров.')],
    ['one language', english],
  ])('is not for %s', (_, other) => {
    expect(isAlsoReported(english, other)).toBe(false);
  });

  it('takes no year for a number, and no common word for a name', () => {
    const text = told('en', 'Norway in 2026', 'The Government said 17 ships would sail.');
    expect([...text.names]).toEqual(['17']);
  });
});

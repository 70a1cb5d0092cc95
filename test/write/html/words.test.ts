import { describe, expect, it } from 'vitest';
import { directionOf } from '../../../src/write/html/direction.js';
import { distinctNames } from '../../../src/write/html/distinct-names.js';
import { fill, labelsOf } from '../../../src/write/html/labels.js';
import { dayIn, momentIn } from '../../../src/write/html/moment.js';

const moment = new Date('2026-03-05T07:08:09Z');

describe('dates in words', () => {
  it.each([
    ['en', '5 March 2026, 07:08 UTC'],
    ['uk', '5 березня 2026, 07:08 UTC'],
    ['de', '5. März 2026, 07:08 UTC'],
    ['fr', '5 mars 2026, 07:08 UTC'],
    ['es', '5 de marzo de 2026, 07:08 UTC'],
    ['ru', '5 марта 2026, 07:08 UTC'],
    ['pt', '5 March 2026, 07:08 UTC'],
  ])('in %s', (language, text) => {
    expect(momentIn(labelsOf(language), moment)).toEqual({ iso: '2026-03-05T07:08:09Z', text });
  });

  it('are those of UTC', () => {
    expect(dayIn(labelsOf('en'), new Date('2026-12-31T23:59:59Z'))).toEqual({
      iso: '2026-12-31',
      text: '31 December 2026',
    });
  });
});

describe('labels', () => {
  const languages = ['en', 'uk', 'de', 'fr', 'es', 'ru'].map(labelsOf);
  it('have all months in every language', () => {
    for (const { months } of languages) expect(new Set(months).size).toBe(12);
  });
  it('leave the same gaps to be filled in every language', () => {
    const gaps = (labels: object) =>
      Object.entries(labels).map(([key, value]) => [
        key,
        typeof value === 'string' ? (value.match(/\{\w+\}/g) ?? []).sort() : 0,
      ]);
    for (const labels of languages) expect(gaps(labels)).toEqual(gaps(languages[0]!));
  });
  it('are filled in once', () => {
    expect(fill('{a} {b} {c}', { a: '{b}', b: 2 })).toBe('{b} 2 {c}');
  });
});

describe('directions', () => {
  it.each([
    ['ar-EG', 'rtl'],
    ['he', 'rtl'],
    ['uz-Arab', 'rtl'],
    ['ks-Deva', 'ltr'],
    ['pa-Arab-PK', 'rtl'],
    ['ur-Latn', 'ltr'],
    ['uk', 'ltr'],
    [null, 'auto'],
  ])('of %s', (language, direction) => {
    expect(directionOf(language)).toBe(direction);
  });
});

describe('names of links', () => {
  it('are told apart only where they must', () => {
    const links = [
      { id: 'a', label: 'Sea' },
      { id: 'b', label: 'sea' },
      { id: 'c', label: 'SEA' },
      { id: 'd', label: 'Home' },
    ];
    expect(distinctNames(links, ['Home'], 'topic')).toEqual([null, 'sea (topic)', 'SEA (c)', 'Home (topic)']);
  });
});

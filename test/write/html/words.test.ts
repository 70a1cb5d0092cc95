import { describe, expect, it } from 'vitest';
import { detectDirection } from '../../../src/write/html/direction.js';
import { distinctNames } from '../../../src/write/html/entries/distinct-names.js';
import { fill } from '../../../src/write/html/labels.js';
import { formatDay, formatMoment, formatTime } from '../../../src/write/html/moment.js';
import { labelNames, loadLabels, wordProblem } from '../../../src/write/html/page-labels.js';
import { countText } from '../../../src/write/html/plural.js';

const moment = new Date('2026-03-05T07:08:09Z');

describe('dates as text', () => {
  it.each([
    ['en', '5 March 2026, 07:08 UTC'],
    ['uk', '5 березня 2026, 07:08 UTC'],
    ['de', '5. März 2026, 07:08 UTC'],
    ['fr', '5 mars 2026, 07:08 UTC'],
    ['es', '5 de marzo de 2026, 07:08 UTC'],
    ['ru', '5 марта 2026, 07:08 UTC'],
    ['pl', '5 marca 2026, 07:08 UTC'],
    ['pt', '5 de março de 2026, 07:08 UTC'],
    ['it', '5 marzo 2026, 07:08 UTC'],
    ['nl', '5 maart 2026, 07:08 UTC'],
    ['ar', '5 مارس 2026، 07:08 UTC'],
    ['tr', '5 Mart 2026, 07:08 UTC'],
    ['ja', '2026年3月5日 07:08 UTC'],
    ['zh', '2026年3月5日 07:08 UTC'],
    ['ko', '5 March 2026, 07:08 UTC'],
  ])('in %s', (language, text) => {
    expect(formatMoment(loadLabels(language), moment)).toEqual({ iso: '2026-03-05T07:08:09Z', text });
  });

  it('use the offset of the time zone', () => {
    const kyiv = { name: 'Europe/Kyiv', offsets: [[Date.UTC(2026, 2, 29, 1) / 1000 - 9e6, 120], [Date.UTC(2026, 2, 29, 1) / 1000, 180]] as const }; // biome-ignore format: one zone
    const labels = loadLabels('en', {}, kyiv);
    expect(formatDay(labels, new Date('2026-03-28T22:30:00Z'))).toEqual({
      iso: '2026-03-29',
      text: '29 March 2026',
      zone: 'UTC+2',
    });
    expect(formatMoment(labels, new Date('2026-03-29T00:59:59Z'))).toEqual({ iso: '2026-03-29T02:59:59+02:00', text: '29 March 2026, 02:59 UTC+2' }); // biome-ignore format: one date
    expect(formatTime(labels, new Date('2026-03-29T01:00:00Z'))).toEqual({ iso: '2026-03-29T04:00:00+03:00', text: '04:00', zone: 'UTC+3' }); // biome-ignore format: one date
  });

  it.each([
    [-210, '2026-03-05T03:38:09-03:30', '03:38', 'UTC-3:30'],
    [345, '2026-03-05T12:53:09+05:45', '12:53', 'UTC+5:45'],
    [0, '2026-03-05T07:08:09Z', '07:08', 'UTC'],
  ])('with an offset of %d minutes', (minutes, iso, text, zone) => {
    expect(formatTime(loadLabels('en', {}, { name: 'Some/where', offsets: [[0, minutes]] }), moment)).toEqual({
      iso,
      text,
      zone,
    });
  });

  it('use UTC by default', () => {
    expect(formatDay(loadLabels('en'), new Date('2026-12-31T23:59:59Z'))).toEqual({
      iso: '2026-12-31',
      text: '31 December 2026',
      zone: 'UTC',
    });
  });
});

describe('labels', () => {
  it('are in the language of a regional tag, and in English for languages without a file', () => {
    expect(loadLabels('pt-BR').language).toBe('pt');
    expect(loadLabels('xx')).toEqual(loadLabels('en'));
    expect(loadLabels('../outlets')).toEqual(loadLabels('en'));
  });
  it.each([
    ['en', 1, '1 article'],
    ['uk', 22, '22 статті'],
    ['uk', 11, '11 статей'],
    ['pl', 5, '5 artykułów'],
    ['ar', 2, 'مقالان'],
    ['ar', 11, '11 مقالًا'],
    ['ja', 1, '記事 1 件'],
  ])('count in %s: %d', (language, n, text) => {
    const labels = loadLabels(language);
    expect(countText(labels, labels.articleCount, n)).toBe(text);
  });
  it('can each be set, with the gaps that they have', () => {
    for (const name of labelNames()) expect(wordProblem(name, loadLabels('de')[name as 'home'])).toBe(null);
    const own = { leaveComment: 'Say something', articleCount: '{n} pieces', states: { ok: 'fine' } };
    const labels = loadLabels('en', own);
    expect(labels.leaveComment).toBe('Say something');
    expect(countText(labels, labels.articleCount, 1)).toBe('1 pieces');
    expect(labels.states).toMatchObject({ ok: 'fine', failing: 'failing' });
  });
  it.each([
    ['home', ['Home'], 'expected text'],
    ['home', ' ', 'must not be empty'],
    ['home', 'To {place}', 'unknown placeholder {place}'],
    ['readWhole', 'At {paper}', 'unknown placeholder {paper}; expected: {publication}'],
    ['months', ['January'], 'expected a list of 12 texts'],
    [
      'articleCount',
      { one: '{n} a', lots: '{n} b' },
      'unknown name "lots"; expected: zero, one, two, few, many, other',
    ],
    ['articleCount', { other: '{m}' }, 'unknown placeholder {m}; expected: {n}'],
    ['states', 'fine', 'expected texts by name: new, ok, degraded, failing, dead, gone'],
  ])('rejects for %s %j', (name, word, problem) => {
    expect(wordProblem(name, word)).toBe(problem);
  });
  it('do not fill in placeholders of inserted values', () => {
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
    expect(detectDirection(language)).toBe(direction);
  });
});

describe('names of links', () => {
  it('differ from the labels only if necessary', () => {
    const links = [
      { id: 'a', label: 'Sea' },
      { id: 'b', label: 'sea' },
      { id: 'c', label: 'SEA' },
      { id: 'd', label: 'Home' },
    ];
    expect(distinctNames(links, ['Home'], 'topic')).toEqual([null, 'sea (topic)', 'SEA (c)', 'Home (topic)']);
  });
});

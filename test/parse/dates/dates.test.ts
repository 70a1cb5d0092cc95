import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDate } from '../../../src/parse/dates/dates.js';

const DIALECTS: readonly (readonly [written: string, instant: string | null])[] = [
  ['Tue, 03 Mar 2026 09:15:00 GMT', '2026-03-03T09:15:00.000Z'],
  ['Tue, 03 Mar 2026 09:15:00 +0130', '2026-03-03T07:45:00.000Z'],
  ['3 Mar 26 09:15 PDT', '2026-03-03T16:15:00.000Z'],
  ['Tue, 3 March 2026 9:15 CEST', '2026-03-03T07:15:00.000Z'],
  ['Tue, 03 Mar 2026 09:15:00 XYZT', '2026-03-03T09:15:00.000Z'],
  ['Tue, 03 Mar 2026 09:15:00 A', '2026-03-03T09:15:00.000Z'],
  ['Tue, 3rd of March 2026', '2026-03-03T00:00:00.000Z'],
  ['Mar 3, 2026 12:05 AM', '2026-03-03T00:05:00.000Z'],
  ['03/Mar/2026:09:15:00 +0100', null],
  ['Tue Mar  3 09:15:00 CET 2026', '2026-03-03T08:15:00.000Z'],
  ['2026-03-03T09:15:00.5-04:00', '2026-03-03T13:15:00.500Z'],
  ['2026-03-03 09:15:00 -0400', '2026-03-03T13:15:00.000Z'],
  ['2026-03-03 09:15:00 \u22124', '2026-03-03T13:15:00.000Z'],
  ['2026-03-03 9:15 PM', '2026-03-03T21:15:00.000Z'],
  ['2026/03/03T12:15:00am', '2026-03-03T00:15:00.000Z'],
  ['2026-03-03T09:15:60Z', '2026-03-03T09:16:00.000Z'],
  ['20260303', '2026-03-03T00:00:00.000Z'],
  ['20260303T091500+0100', '2026-03-03T08:15:00.000Z'],
  ['2026-062', '2026-03-03T00:00:00.000Z'],
  ['2026-062T09:15:00Z', '2026-03-03T09:15:00.000Z'],
  ['1772529300', '2026-03-03T09:15:00.000Z'],
  ['1772529300000', '2026-03-03T09:15:00.000Z'],
  ['03.03.2026 09:15', '2026-03-03T09:15:00.000Z'],
  ['3/31/2026 9:15:00 PM', '2026-03-31T21:15:00.000Z'],
  ['31/03/2026', '2026-03-31T00:00:00.000Z'],
  ['2026년 03월 03일 09:15:00', '2026-03-03T09:15:00.000Z'],
  ['2026-03-03 오후 09:15:00', '2026-03-03T21:15:00.000Z'],
  ['2026年3月3日 9時15分', '2026-03-03T09:15:00.000Z'],
  ['2026년 3월 3일 오후 9시 15분', '2026-03-03T21:15:00.000Z'],
  ['wt., 03 mar 2026 09:15:00 +0100', '2026-03-03T08:15:00.000Z'],
  ['вт, 03 бер 2026 09:15:00 +0200', '2026-03-03T07:15:00.000Z'],
  ['3 de março de 2026', '2026-03-03T00:00:00.000Z'],
  ['mardi 3 février 2026 09:15', '2026-02-03T09:15:00.000Z'],
  ['di, 03 mei 2026 09:15:00 +0200', '2026-05-03T07:15:00.000Z'],
  ['3. ožujka 2026.', '2026-03-03T00:00:00.000Z'],
  ['29. srpnja 2026.', '2026-07-29T00:00:00.000Z'],
  ['29. srpna 2026', '2026-08-29T00:00:00.000Z'],
  ['3. lipnja 2026.', '2026-06-03T00:00:00.000Z'],
  ['3 lipca 2026', '2026-07-03T00:00:00.000Z'],
  ['31. listopada 2026.', '2026-10-31T00:00:00.000Z'],
  ['30 listopada 2026', '2026-11-30T00:00:00.000Z'],
  ['3. 11. 2026 9:15', '2026-11-03T09:15:00.000Z'],
  ['2026. március 3.', '2026-03-03T00:00:00.000Z'],
  ['29 Feb 2023 10:00:00 GMT', null],
  ['2026-02-30', null],
  ['now', null],
  ['12', null],
];

describe('parseDate', () => {
  for (const [written, instant] of DIALECTS) {
    it(`reads ${written}`, () => expect(parseDate(written)).toBe(instant));
  }

  it.each('ar bg ca cs da de el en es et fi fr hr hu id is it mk nb nl pl pt ro ru sk sl sr sv tr uk'.split(' '))(
    'reads the months of %s',
    (language) => {
      const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2026, month, 17)));
      const options = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' } as const;
      const written = new Intl.DateTimeFormat(`${language}-u-nu-latn`, options);
      expect(months.map((date) => parseDate(written.format(date)))).toEqual(months.map((date) => date.toISOString()));
    },
  );

  it('reads back RFC 822, RFC 3339 and Unix time', () => {
    const seconds = fc.integer({ min: 200_000_000, max: 4_000_000_000 });
    fc.assert(
      fc.property(seconds, (time) => {
        const date = new Date(time * 1000);
        const iso = date.toISOString();
        for (const written of [date.toUTCString(), iso, iso.replace('.000Z', '+00:00'), String(time)]) {
          if (parseDate(written) !== iso) return false;
        }
        return true;
      }),
    );
  });

  it('returns a date or null for any text', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9 :T,.+\-/JanMrz]{0,40}$/));
    fc.assert(
      fc.property(text, (written) => {
        const date = parseDate(written);
        return date === null || /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(date);
      }),
    );
  });

  const collected = new URL('../../../../shared/corpus/parse/dates.json', import.meta.url);
  it.runIf(existsSync(collected))('reads a larger collection of dates, if present', () => {
    const rows = JSON.parse(readFileSync(collected, 'utf8')) as { in: string; utc: string | null }[];
    for (const row of rows) {
      const date = parseDate(row.in);
      expect([row.in, date && Date.parse(date)]).toEqual([row.in, row.utc && Date.parse(row.utc)]);
    }
  });
});

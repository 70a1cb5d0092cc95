/** Machine reservations of sites and pages. */
import { describe, expect, it } from 'vitest';
import type { FetchResult } from '../../src/model/fetch.js';
import { findPageReservation } from '../../src/politeness/page-reservations.js';
import { isPathReserved, readReservations, tdmrepUrl } from '../../src/politeness/tdmrep.js';

const NOW = new Date('2026-11-24T09:00:00Z');
const SILENT = { robots: [], tdmReservations: [], isLicensed: false };

describe('tdmrep.json', () => {
  const fresh = (body: string) => ({ kind: 'fresh', body: Buffer.from(body), headers: {} }) as unknown as FetchResult;
  const rules = (...locations: string[]) =>
    readReservations(fresh(JSON.stringify(locations.map((location) => ({ location, 'tdm-reservation': 1 })))), NOW)!;

  it.each([
    ['/', '/a', true],
    ['/a', '/ab/c', true],
    ['/a', '/b/a', false],
    ['/*/opinion', '/2026/opinion/x', true],
    ['/*/opinion', '/opinion', false],
    ['/a$', '/a', true],
    ['/a$', '/ab', false],
    ['*.pdf$', '/x/y.pdf', true],
    ['*.pdf$', '/x/y.pdf?z', false],
    ['/a*b*c$', '/a-b-b-c', true],
    ['/ab*b$', '/ab', false],
    ['/a?x=*', '/a?x=1', true],
    ['', '/anything', true],
  ])('%s and %s: %s', (location, path, isReserved) => {
    expect(isPathReserved(rules(location), `https://paper.example${path}`)).toBe(isReserved);
  });

  it('reserves a path if any rule does', () => {
    const body = '[{"location":"/","tdm-reservation":1},{"location":"/free","tdm-reservation":0}]';
    expect(isPathReserved(readReservations(fresh(body), NOW)!, 'https://paper.example/free')).toBe(true);
  });

  it.each(['', '<html>', '{', 'null', '[1]', '[{"location":5,"tdm-reservation":1}]', '[{"location":"/"}]'])(
    'that is none reserves nothing: %s',
    (body) => {
      expect(readReservations(fresh(body), NOW)!.reserved).toEqual([]);
    },
  );

  it('reserves everything if it is too long', () => {
    const many = (n: number) => Array.from({ length: n }, (_, i) => `/2026/opinion/the-article-number-${i}`);
    const all = JSON.stringify(many(9_000).map((location) => ({ location, 'tdm-reservation': 1 })));
    for (const { reserved } of [rules(...many(2_000)), readReservations(fresh(all.slice(0, 256 * 1024)), NOW)!])
      expect(reserved).toEqual(['/']);
    expect(rules(...many(500)).reserved).toHaveLength(500);
    expect(readReservations(fresh(`<html>${'x'.repeat(300_000)}`), NOW)!.reserved).toEqual([]);
  });

  it('has a well-known address, counts for a day, and is unknown after a server error', () => {
    expect(tdmrepUrl('https://paper.example/a?b')).toBe('https://paper.example/.well-known/tdmrep.json');
    expect(rules('/').until).toBe('2026-11-25T09:00:00.000Z');
    const failed = (status: number | null) => ({ kind: 'failed', status, headers: {} }) as unknown as FetchResult;
    expect(readReservations(failed(404), NOW)!.reserved).toEqual([]);
    for (const status of [null, 429, 500]) expect(readReservations(failed(status), NOW)).toBeNull();
  });

  it('takes little time for hostile patterns', () => {
    const path = `/${'a'.repeat(50_000)}`;
    expect(isPathReserved(rules(...Array.from({ length: 40 }, () => `${'*a'.repeat(240)}b$`)), `https://x.example${path}`)).toBe(false); // biome-ignore format: one line
  });
});

describe('a page', () => {
  it.each([
    [{ 'x-robots-tag': 'noindex, NoAI' }, 'noai in X-Robots-Tag'],
    [{ 'x-robots-tag': 'newsloom: noarchive' }, 'noarchive in X-Robots-Tag'],
    [{ 'x-robots-tag': 'unavailable_after: 25 Jun 2030 15:00:00 PST, noimageai' }, 'noimageai in X-Robots-Tag'],
    [{ 'x-robots-tag': 'otherbot: noai' }, null],
    [{ 'x-robots-tag': 'noindex, nofollow, max-snippet: 20' }, null],
    [{ 'tdm-reservation': '1' }, 'the header tdm-reservation'],
    [{ 'tdm-reservation': '0' }, null],
    [{ link: '<https://l.example/>; rel="license"' }, null],
    [{ link: '</l>; rel=license; type="application/rsl+xml"' }, 'a licence for machines (RSL) in Link'],
    [{}, null],
  ])('with the headers %j: %s', (headers, reservation) => {
    expect(findPageReservation(headers as Record<string, string>, SILENT)).toBe(reservation);
  });

  it.each([
    [{ robots: ['index,follow', 'noai,noimageai'] }, 'noai in meta robots'],
    [{ robots: ['all'] }, null],
    [{ tdmReservations: ['0', ' 1 '] }, 'meta tdm-reservation'],
    [{ isLicensed: true }, 'a licence for machines (RSL) in the page'],
  ])('that says %j: %s', (said, reservation) => {
    expect(findPageReservation({}, { ...SILENT, ...said })).toBe(reservation);
  });
});

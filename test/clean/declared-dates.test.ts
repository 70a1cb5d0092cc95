import { describe, expect, it } from 'vitest';
import { readDate, readDeclaredDates } from '../../src/clean/declared-dates.js';
import { anItem } from '../support/an-item.js';

describe('readDate', () => {
  it.each([
    ['2026-11-24T06:30:00Z', '2026-11-24T06:30:00.000Z'],
    ['2026-11-24T06:30:00.000Z', '2026-11-24T06:30:00.000Z'],
    ['2026-11-24T06:30:00.999Z', '2026-11-24T06:30:00.000Z'],
    ['2026-11-24T06:30Z', '2026-11-24T06:30:00.000Z'],
    ['2026-11-24T08:30:00+02:00', '2026-11-24T06:30:00.000Z'],
    ['2026-11-24T08:30:00+0200', '2026-11-24T06:30:00.000Z'],
    ['2026-11-24T01:00:00-05:30', '2026-11-24T06:30:00.000Z'],
    ['2026-11-24T06:30:00', '2026-11-24T06:30:00.000Z'],
    ['2026-11-24T06:30:00.5', '2026-11-24T06:30:00.000Z'],
    ['2026-11-24T06:30', '2026-11-24T06:30:00.000Z'],
    ['2026-11-24', '2026-11-24T00:00:00.000Z'],
    ['2026-11-24t06:30:00z', '2026-11-24T06:30:00.000Z'],
    [' 2026-11-24T06:30:00Z ', '2026-11-24T06:30:00.000Z'],
    ['1990-01-01T00:00:00Z', '1990-01-01T00:00:00.000Z'],
    ['2019-06-05T08:30:00Z', '2019-06-05T08:30:00.000Z'],
    ['2024-02-29T12:00:00Z', '2024-02-29T12:00:00.000Z'],
    ['9999-12-31T23:59:59Z', '9999-12-31T23:59:59.000Z'],
  ])('reads %s', (iso, expected) => {
    expect(readDate(iso)?.toISOString()).toBe(expected);
  });

  it.each([
    null,
    '',
    ' ',
    'soon',
    'the day before yesterday, late',
    'Tue, 24 Nov 2026 05:10:00 GMT',
    'foo 5',
    '5',
    '1764000000',
    '2026',
    '2026-11',
    '2026-13-01T00:00:00Z',
    '2026-11-32',
    '2026-11-24T25:00:00Z',
    '2026-11-24T06:61:00Z',
    '2026-11-24 06:30:00',
    '24.11.2026',
    '11/24/2026',
    '0001-01-01T00:00:00Z',
    '1970-01-01T00:00:00Z',
    '1989-07-14T10:00:00Z',
    '1989-12-31T23:59:59Z',
    '1990-01-01T00:00:00+01:00',
    '+012026-11-24T00:00:00Z',
    '-000001-01-01T00:00:00Z',
    'Infinity',
    'NaN',
    '2026-11-24T06:30:00 EST',
  ])('reads no date from %j', (iso) => {
    expect(readDate(iso)).toBeNull();
  });
});

const [EARLY, LATE] = ['2026-11-24T06:30:00Z', '2026-11-24T09:00:00Z'];

describe('claimsOf', () => {
  it.each([
    ['both', EARLY, LATE, EARLY, 'published', LATE],
    ['only published', EARLY, null, EARLY, 'published', null],
    ['only updated: used for both', null, LATE, LATE, 'updated', LATE],
    ['none', null, null, null, null, null],
    ['an unreadable published', 'soon', LATE, LATE, 'updated', LATE],
    ['an unreadable updated', EARLY, 'soon', EARLY, 'published', null],
    ['epoch 0', '1970-01-01T00:00:00Z', null, null, null, null],
    ['epoch 0, updated since', '1970-01-01T00:00:00Z', LATE, LATE, 'updated', LATE],
    ['year 1 twice', '0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z', null, null, null],
    ['updated before published', LATE, EARLY, LATE, 'published', EARLY],
    ['a future date: it is a claim', '2099-01-01T00:00:00Z', null, '2099-01-01T00:00:00Z', 'published', null],
    ['fractions of a second', '2026-11-24T06:30:00.750Z', '2026-11-24T09:00:00.1Z', EARLY, 'published', LATE],
    ['a zone', '2026-11-24T08:30:00+02:00', null, EARLY, 'published', null],
    ['a day', '2026-11-24', null, '2026-11-24T00:00:00Z', 'published', null],
  ] as const)('%s', (_name, published, updated, claimed, from, claimedUpdated) => {
    expect(readDeclaredDates(anItem({ published, updated }))).toEqual({
      claimedPublishedAt: claimed === null ? null : new Date(claimed),
      claimedPublishedFrom: from,
      claimedUpdatedAt: claimedUpdated === null ? null : new Date(claimedUpdated),
    });
  });
});

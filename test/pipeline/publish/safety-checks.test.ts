import { describe, expect, it } from 'vitest';
import { checkEdition, checkFolder, type HeadChange } from '../../../src/pipeline/publish/safety-checks.js';

const ids = (count: number) => Array.from({ length: count }, (_, n) => `urn:example:${n}`);
const change = (about: Partial<HeadChange>): HeadChange => ({
  channel: 'all',
  before: 50,
  entryIds: ids(50),
  bytes: 1_000,
  mayShrink: false,
  ...about,
});
const check = (...changes: Partial<HeadChange>[]) => checkEdition(changes.map(change));

describe('checkEdition', () => {
  it.each([
    ['a growing head', { before: 0 }],
    ['a head that loses 60 of 100 entries', { before: 100, entryIds: ids(40) }],
    ['a head that empties for a recorded reason', { entryIds: [], mayShrink: true }],
    ['a head that was empty', { before: 0, entryIds: [] }],
    ['a head of 512 kB', { bytes: 512 * 1024 }],
  ])('accepts %s', (_, about) => expect(() => check(about)).not.toThrow());

  it.each([
    ['would be empty (it has 50 entries)', { entryIds: [] }],
    ['would lose 61 of 100 entries', { before: 100, entryIds: ids(39) }],
    ['would contain a duplicate id', { entryIds: ['urn:a', 'urn:a'], mayShrink: true }],
    ['would have 524289 bytes', { bytes: 512 * 1024 + 1, mayShrink: true }],
  ])('refuses a head that %s', (message, about) => expect(() => check(about)).toThrow(message));

  it('names the first three channels, counts the others and lists all in `details`', () => {
    const faults = ['a', 'b', 'c', 'd', 'e'].map((channel) => ({ channel, entryIds: [] }));
    expect(() => check(...faults)).toThrow(/^refused: a would .*; b would .*; c would [^;]*, and 2 more$/);
    expect(() => check(...faults)).toThrow(expect.objectContaining({ code: 'PUBLISH_REFUSED' }));
    try {
      check(...faults);
    } catch (error) {
      expect(error).toMatchObject({ details: { faults: { length: 5 } } });
    }
  });
});

describe('checkFolder', () => {
  it('accepts an edition that keeps every file and refuses one that removes some', () => {
    expect(() => checkFolder(['others.rss'], ['all.rss'])).not.toThrow();
    expect(() => checkFolder(['all.rss', 'x'], ['all.rss'])).toThrow('1 of its files would be removed (all.rss)');
  });
});

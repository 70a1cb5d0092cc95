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
    ['a head that grows', { before: 0 }],
    ['one that loses 60 of 100', { before: 100, entryIds: ids(40) }],
    ['one that empties for a reason', { entryIds: [], mayShrink: true }],
    ['one that was empty', { before: 0, entryIds: [] }],
    ['512 kB', { bytes: 512 * 1024 }],
  ])('lets pass %s', (_, about) => expect(() => check(about)).not.toThrow());

  it.each([
    ['would be empty (it has 50 entries)', { entryIds: [] }],
    ['would lose 61 of 100 entries', { before: 100, entryIds: ids(39) }],
    ['would contain a duplicate id', { entryIds: ['urn:a', 'urn:a'], mayShrink: true }],
    ['would have 524289 bytes', { bytes: 512 * 1024 + 1, mayShrink: true }],
  ])('refuses what %s', (message, about) => expect(() => check(about)).toThrow(message));

  it('names the first three, counts the others and tells all of them to programs', () => {
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
  it('lets an edition pass that keeps every file, and refuses one that would remove some', () => {
    expect(() => checkFolder(['others.rss'], ['all.rss'])).not.toThrow();
    expect(() => checkFolder(['all.rss', 'x'], ['all.rss'])).toThrow('1 of its files would be removed (all.rss)');
  });
});

import { describe, expect, it } from 'vitest';
import { archivedAt, documentPath } from '../../src/write/address.js';

describe('archivedAt', () => {
  it.each([
    ['all', 1, 'rss'],
    ['topics/sea', 12, 'json'],
    ['sources/a-paper', 345, 'atom'],
  ])('finds again what lies at %s/%i.%s', (channel, number, format) => {
    expect(archivedAt(documentPath({ path: channel }, number, format))).toEqual({ channel, number, format });
  });

  it.each(['all.rss', 'topics/sea.json', 'archive/all.rss', 'archive/all/0.rss', 'archive/all/1', 'manifest.json'])(
    'finds none at %s',
    (path) => expect(archivedAt(path)).toBeNull(),
  );
});

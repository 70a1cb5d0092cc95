import { describe, expect, it } from 'vitest';
import { listPublishedDocuments } from '../../../src/pipeline/restore/published-documents.js';

describe('publishedDocuments', () => {
  const found = (...paths: string[]) =>
    listPublishedDocuments(paths).map(({ channel, number }) => `${channel} ${number ?? 'head'}`);

  it('returns heads and archives, the newest first', () => {
    expect(found('all.json', 'all.rss', 'archive/all/1.json', 'archive/all/2.json', 'index.html')).toEqual([
      'all head',
      'all 2',
      'all 1',
    ]);
  });

  it('omits archive documents after a gap in the numbers', () => {
    expect(found('all.json', 'archive/all/1.json', 'archive/all/9999999.json')).toEqual(['all head', 'all 1']);
  });
});

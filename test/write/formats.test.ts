/** A format that is added to the table only is served, listed and announced like the others. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderListing } from '../../src/serve/listing.js';
import { type Format, formats, loadWriter, preferredFeedFormat } from '../../src/write/formats.js';
import { nextArchivePath, selectCacheControl } from '../../src/write/published/cache-control.js';
import { hubLink } from '../../src/write/published/hub-link.js';
import { findMediaType } from '../../src/write/published/media-type.js';

const gemini: Format = {
  name: 'gmi',
  title: 'Gemini',
  mediaType: 'text/gemini',
  kind: 'feed',
  load: async () => ({ feed: null, edition: () => [] }),
};
const table = formats as Format[];
beforeEach(() => {
  table.push(gemini);
});
afterEach(() => {
  table.pop();
});

describe('a format in the table', () => {
  const announced = { hub: 'https://hub.example/', feedsUrl: 'https://news.example.org/feeds/' };

  it('has its media type for heads and archives', () => {
    for (const path of ['all.gmi', 'topics/sea.gmi', 'archive/all/1.gmi'])
      expect(findMediaType(path)).toMatchObject({ type: 'text/gemini; charset=utf-8', compresses: true });
  });

  it('has a hub link in heads only', () => {
    expect(hubLink('topics/sea.gmi', announced)).toBe(
      '<https://hub.example/>; rel="hub", <https://news.example.org/feeds/topics/sea.gmi>; rel="self"',
    );
    expect(hubLink('archive/all/1.gmi', announced)).toBeNull();
  });

  it('is cached for a year in full archive documents', () => {
    expect(nextArchivePath('archive/all/1.gmi')).toBe('archive/all/2.gmi');
    expect(selectCacheControl('archive/all/1.gmi', true)).toContain('immutable');
  });

  it('is listed', () => {
    expect(renderListing(new Set(['all.gmi', 'manifest.json']))).toContain('<a href="all.gmi">');
  });

  it('writes documents of channels', async () => {
    const { format, document } = await loadWriter(gemini);
    expect([format, document('all', null), document('all', 2)]).toEqual(['gmi', 'all.gmi', 'archive/all/2.gmi']);
  });

  it('is used in links if no other feeds are published', () => {
    expect(preferredFeedFormat(['html', 'gmi'])).toBe('gmi');
    expect(preferredFeedFormat(['gmi', 'atom'])).toBe('atom');
    expect(preferredFeedFormat(['html'])).toBeNull();
  });
});

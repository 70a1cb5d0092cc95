/** Defines the `sitemap` kind: the entries of a sitemap, or of the newest sitemaps of an index. */
import type { KindDocument, SourceKind } from '../kind.js';
import type { SitemapOptions } from './sitemap.js';

export const sitemapKind: SourceKind = {
  name: 'sitemap',
  describe: 'a sitemap, best with the news extension, or an index of sitemaps',
  place: 'url',
  absence: 'nothing',
  robots: false,
  accept: 'application/xml, text/xml;q=0.9, application/gzip;q=0.8, */*;q=0.1',
  options: (z) => ({
    titles: z
      .enum(['news', 'address'])
      .default('news')
      .describe(
        'The origin of headlines. `news`: the news extension; entries without it are ignored. `address`: also the words at the end of addresses.',
      ),
  }),
  load: async () => {
    const [{ parseSitemap }, { decodeDocument }, { decompressBody }] = await Promise.all([
      import('./sitemap.js'),
      import('../encoding/decode.js'),
      import('./unpacked.js'),
    ]);
    return {
      read: async ({ body, contentType, url, options }: KindDocument) => {
        const { text, warnings } = decodeDocument(decompressBody(body), contentType);
        const feed = parseSitemap(text, url, options as SitemapOptions);
        return { ...feed, warnings: [...warnings, ...feed.warnings] };
      },
    };
  },
};

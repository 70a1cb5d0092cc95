/** The kind of a list of sources that is kept elsewhere, in OPML: it brings sources, not items. */
import type { KindDocument, SourceKind } from '../kind.js';
import type { OpmlOptions } from './read-list.js';

export const opmlKind: SourceKind = {
  name: 'opml',
  describe: 'a list of sources that is kept elsewhere, in OPML',
  place: 'url',
  absence: 'nothing',
  robots: false,
  lists: true,
  accept: 'text/x-opml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1',
  options: (z) => ({
    most: z
      .int()
      .min(1)
      .max(5000)
      .default(500)
      .meta({ description: 'Sources that are taken from it; the rest is left out.', typeText: 'whole number' }),
    folders: z
      .enum(['topics', 'none'])
      .default('topics')
      .describe('What its folders are: topics that the sources in them have by default, or nothing.'),
  }),
  load: async () => {
    const [{ parseSourceList }, { decodeDocument }] = await Promise.all([
      import('./read-list.js'),
      import('../encoding/decode.js'),
    ]);
    return {
      read: async ({ body, contentType, url, options }: KindDocument) =>
        parseSourceList(decodeDocument(body, contentType), url, options as OpmlOptions),
    };
  },
};

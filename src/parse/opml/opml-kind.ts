/** Defines the `opml` kind: a remote list of sources. */
import type { KindDocument, SourceKind } from '../kind.js';
import type { OpmlOptions } from './read-list.js';

export const opmlKind: SourceKind = {
  name: 'opml',
  describe: 'a remote list of sources in OPML',
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
      .meta({ description: 'Maximum number of sources; the rest is ignored.', typeText: 'integer, 1 to 5000' }),
    folders: z
      .enum(['topics', 'none'])
      .default('topics')
      .describe('Whether its folders become default topics of their sources.'),
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

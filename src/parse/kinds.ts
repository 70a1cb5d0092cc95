/** Lists the kinds of sources: what `kind:` in the config may say. */

import { jsonKind } from './json-paths/json-kind.js';
import type { SourceKind } from './kind.js';
import { opmlKind } from './opml/opml-kind.js';
import { linksKind, postsKind } from './own/own-kinds.js';
import { pageKind } from './page/page-kind.js';
import { sitemapKind } from './sitemap/sitemap-kind.js';

export const kinds: readonly SourceKind[] = [
  {
    name: 'feed',
    describe: 'a feed',
    place: 'url',
    absence: 'withdrawn',
    robots: false,
    load: async () => {
      const { parseFeed } = await import('./parse.js');
      return { read: ({ body, ...about }) => parseFeed(body, about) };
    },
  },
  postsKind,
  linksKind,
  pageKind,
  sitemapKind,
  jsonKind,
  opmlKind,
];

/** Throws where there is none: the config is checked before. */
export function kindNamed(name: string): SourceKind {
  const kind = kinds.find((one) => one.name === name);
  if (kind === undefined) throw new Error(`no kind of sources is called "${name}"`);
  return kind;
}

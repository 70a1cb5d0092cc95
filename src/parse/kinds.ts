/** Lists the source kinds. */

import type { ParsedFeed } from '../model/item.js';
import type { Source } from '../model/source.js';
import { jsonKind } from './json-paths/json-kind.js';
import type { KindDocument, SourceKind } from './kind.js';
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

/** Throws if unknown: the config is validated before. */
export function findKind(name: string): SourceKind {
  const kind = kinds.find((one) => one.name === name);
  if (kind === undefined) throw new Error(`unknown source kind "${name}"`);
  return kind;
}

/** Rejects with `ParseError` only. */
export async function readByKind(
  { own, reading }: Pick<Source, 'own' | 'reading'>,
  document: Pick<KindDocument, 'body' | 'contentType' | 'url'>,
): Promise<ParsedFeed> {
  const reader = await findKind(own?.kind ?? reading?.kind ?? 'feed').load();
  return await reader.read({ ...document, own, options: reading?.options });
}

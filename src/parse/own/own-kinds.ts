/** Defines the kinds that the editor writes: `posts` and `links`. */
import type { OwnSource } from '../../model/source.js';
import type { KindDocument, SourceKind } from '../kind.js';
import { isWebAddress } from '../urls.js';

const OWN = { place: 'path', absence: 'withdrawn', robots: false } as const;

export const postsKind: SourceKind = {
  ...OWN,
  name: 'posts',
  describe: 'a folder of your own Markdown posts',
  options: (z) => ({
    at: z
      .string()
      .refine((text) => isWebAddress(text.replace(/\{(?:path|slug)\}/g, 'x')) && /\{(?:path|slug)\}/.test(text), {
        error: 'not an http(s) URL with {path} or {slug}',
      })
      .nullable()
      .default(null)
      .meta({
        description:
          'The address of a post on your own site. `{path}` is its path in the folder without extension, `{slug}` its `slug`, else its path. Feeds and search engines link there.',
        defaultText: 'the page that newsloom creates',
        typeText: 'URL',
      }),
  }),
  load: async () => {
    const { parsePosts } = await import('./posts.js');
    return { read: async (document) => parsePosts(decodeUtf8(document), requireOwnSource(document)) };
  },
};

export const linksKind: SourceKind = {
  ...OWN,
  name: 'links',
  describe: 'a file of links to single articles',
  load: async () => {
    const { parseLinks } = await import('./links.js');
    return { read: async (document) => parseLinks(decodeUtf8(document), requireOwnSource(document)) };
  },
};

function decodeUtf8({ body }: KindDocument): string {
  return Buffer.from(body.buffer, body.byteOffset, body.length)
    .toString('utf8')
    .replace(/^\ufeff/, '');
}

function requireOwnSource({ own }: KindDocument): OwnSource {
  if (own === undefined) throw new Error('posts and links need their config entry');
  return own;
}

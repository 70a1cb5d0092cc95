/** Defines the kinds that the editor writes: `posts` and `links`. */
import type { OwnSource } from '../../model/source.js';
import type { KindDocument, SourceKind } from '../kind.js';
import { isWebAddress } from '../urls.js';

const OWN = { place: 'path', absence: 'withdrawn', robots: false } as const;

export const postsKind: SourceKind = {
  ...OWN,
  name: 'posts',
  describe: 'a folder of posts of your own in Markdown',
  options: (z) => ({
    at: z
      .string()
      .refine((text) => isWebAddress(text.replace(/\{(?:path|slug)\}/g, 'x')) && /\{(?:path|slug)\}/.test(text), {
        error: 'not an http(s) URL in which {path} or {slug} is filled in',
      })
      .nullable()
      .default(null)
      .meta({
        description:
          'Where your site shows a post itself: `{path}` is its path in the folder without extension, `{slug}` its `slug`, else its path. Feeds and search engines are led there.',
        defaultText: 'the page that newsloom makes of it',
        typeText: 'URL',
      }),
  }),
  load: async () => {
    const { parsePosts } = await import('./posts.js');
    return { read: async (document) => parsePosts(textOf(document), ownOf(document)) };
  },
};

export const linksKind: SourceKind = {
  ...OWN,
  name: 'links',
  describe: 'a file of links to single articles',
  load: async () => {
    const { parseLinks } = await import('./links.js');
    return { read: async (document) => parseLinks(textOf(document), ownOf(document)) };
  },
};

function textOf({ body }: KindDocument): string {
  return Buffer.from(body.buffer, body.byteOffset, body.length)
    .toString('utf8')
    .replace(/^\ufeff/, '');
}

function ownOf({ own }: KindDocument): OwnSource {
  if (own === undefined) throw new Error('posts and links are read with what the config says of them');
  return own;
}

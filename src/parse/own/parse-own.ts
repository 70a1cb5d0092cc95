/** Reads what the editor wrote; each parser is loaded where there is something for it. */
import type { ParsedFeed } from '../../model/item.js';
import type { OwnSource } from '../../model/source.js';

/** Of a folder of posts (a `PostFolder`), or a file of links. What is wrong in them is in `warnings`. */
export async function parseOwn(body: Uint8Array, own: OwnSource): Promise<ParsedFeed> {
  const text = Buffer.from(body.buffer, body.byteOffset, body.length)
    .toString('utf8')
    .replace(/^\ufeff/, '');
  if (own.kind === 'links') return (await import('./links.js')).parseLinks(text, own);
  return (await import('./posts.js')).parsePosts(text, own);
}

/** From the address that a client asks for to a path in the published folder, and never out of it. */
import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** `/topics/a.rss?x` → `topics/a.rss`, `/` → ``; null: no path of ours (malformed, hidden, or leading elsewhere). */
export function publishedPath(target: string): string | null {
  const encoded = target.split(/[?#]/, 1)[0]!;
  const path = decode(encoded);
  if (path === null || !path.startsWith('/') || /[\\\u0000-\u001f]/.test(path)) return null;
  const parts = path.slice(1).split('/');
  if (path === '/') return '';
  return parts.some(isUnsafe) ? null : parts.join('/');
}

/** Hidden files are not published: temporary ones, and what a version control keeps. */
function isUnsafe(part: string): boolean {
  return part === '' || part.startsWith('.') || /^[A-Za-z]:/.test(part);
}

/** Decoded once, and a slash must be written as one. */
function decode(encoded: string): string | null {
  if (/%2f/i.test(encoded)) return null;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null;
  }
}

/** The file's real place; null where there is none, or where a link leads out of the folder. */
export async function locateFile(dir: string, path: string): Promise<string | null> {
  try {
    const root = await realpath(dir);
    const place = await realpath(join(root, path));
    return place.startsWith(root + sep) ? place : null;
  } catch {
    return null;
  }
}

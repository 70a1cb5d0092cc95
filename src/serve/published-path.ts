/** Maps request targets to files inside the published folder. */
import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';

/** `/topics/a.rss?x` → `topics/a.rss`, `/` → ``; null: malformed, hidden, or outside the folder. */
export function parseRequestTarget(target: string): string | null {
  const encoded = target.split(/[?#]/, 1)[0]!;
  const path = decodePath(encoded);
  if (path === null || !path.startsWith('/') || /[\\\u0000-\u001f]/.test(path)) return null;
  const parts = path.slice(1).split('/');
  if (path === '/') return '';
  return parts.some(isUnsafe) ? null : parts.join('/');
}

/** Rejects hidden files such as temporary files and .git. */
function isUnsafe(part: string): boolean {
  return part === '' || part.startsWith('.') || /^[A-Za-z]:/.test(part);
}

/** Decodes once. Rejects an encoded slash. */
function decodePath(encoded: string): string | null {
  if (/%2f/i.test(encoded)) return null;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return null;
  }
}

/** Returns the real path; null: missing, or a link leads out of the folder. */
export async function locateFile(dir: string, path: string): Promise<string | null> {
  try {
    const root = await realpath(dir);
    const place = await realpath(join(root, path));
    return place.startsWith(root + sep) ? place : null;
  } catch {
    return null;
  }
}

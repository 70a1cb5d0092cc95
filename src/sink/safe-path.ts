/** Maps published paths to the disk and rejects paths outside the published folder. */
import { join } from 'node:path';
import { PublishError } from '../model/errors.js';
import { lstatIfExists } from './missing-files.js';

/** Names of temporary files, and of the note that marks their existence. */
export const TEMPORARY_NAME = /^\.newsloom-([0-9a-f]{12}|publishing)\.tmp$/;
export const PUBLISHING_NOTE = '.newsloom-publishing.tmp';

/** `topics/a.rss` → `/srv/feeds/topics/a.rss`. Rejects absolute paths, `..`, empty names, backslashes and control characters. */
export function resolveInside(dir: string, path: string): string {
  const parts = path.split('/');
  if (/[\\\u0000-\u001f]/.test(path) || parts.some(isUnsafePart)) {
    throw new PublishError('PUBLISH_FAILED', `not a path inside the published folder: ${JSON.stringify(path)}`, {
      details: { path },
    });
  }
  return join(dir, ...parts);
}

function isUnsafePart(part: string): boolean {
  return part === '' || part === '.' || part === '..' || /^[A-Za-z]:/.test(part) || TEMPORARY_NAME.test(part);
}

/** `archive/all/1.rss` → `archive`, `archive/all` */
export function listAncestors(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
}

export function hasLinkedParent(dir: string, path: string): boolean {
  return listAncestors(path).some((ancestor) => lstatIfExists(resolveInside(dir, ancestor))?.isSymbolicLink());
}

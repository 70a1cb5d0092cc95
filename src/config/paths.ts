/** Resolves the relative paths of a config. */
import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Default path of the store, from the site's root. */
export const STORE_FILE = '.newsloom/newsloom.db';

/** Absolute: the folder of the config file, or its parent if that folder is called `config`. */
export function findSiteRoot(configPath: string): string {
  const folder = dirname(resolve(configPath));
  return basename(folder) === 'config' ? dirname(folder) : folder;
}

/** Relative to the config file, in the form of `configPath`, for messages. */
export function resolveIncludedPath(configPath: string, name: string): string {
  const path = join(dirname(configPath), name);
  return path.replaceAll('\\', '/');
}

/** Relative to the site's root, in the form of `configPath`, for messages. */
export function resolveRootedPath(configPath: string, name: string): string {
  const folder = dirname(configPath);
  return join(basename(resolve(folder)) === 'config' ? join(folder, '..') : folder, name).replaceAll('\\', '/');
}

/** The absolute `file:` address of a folder of posts (ends in "/") or of a links file. */
export function toOwnFileUrl(path: string, kind: string, root: string): string {
  const { href } = pathToFileURL(resolve(root, path));
  return kind === 'posts' ? href.replace(/\/*$/, '/') : href;
}

/** The absolute address of a source. A relative `file:` path starts at the root. */
export function resolveSourceUrl(url: string, root: string): string {
  const [, path] = /^file:(?!\/)(.*)$/i.exec(url) ?? [];
  if (path === undefined) return new URL(url).href;
  return pathToFileURL(resolve(root, decodeURI(path))).href;
}

/** Resolves links. Rejects as `realpath` does if a path does not exist. */
export async function isWithin(path: string, folder: string): Promise<boolean> {
  const below = relative(await realpath(folder), await realpath(path));
  return below !== '..' && !/^\.\.[/\\]/.test(below) && !isAbsolute(below);
}

/** What relative paths of a config are relative to. */
import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The file of the store, from the site's root, where the config names none. */
export const STORE_FILE = '.newsloom/newsloom.db';

/** The site's root: the folder of the config file, or its parent where that folder is called `config`. Absolute. */
export function rootOf(configPath: string): string {
  const folder = dirname(resolve(configPath));
  return basename(folder) === 'config' ? dirname(folder) : folder;
}

/** Relative to the config file, and in the form in which that was given, for messages. */
export function includedPath(configPath: string, name: string): string {
  const path = join(dirname(configPath), name);
  return path.replaceAll('\\', '/');
}

/** Relative to the site's root, and in the form in which the path of the config was given, for messages. */
export function rootedPath(configPath: string, name: string): string {
  const folder = dirname(configPath);
  return join(basename(resolve(folder)) === 'config' ? join(folder, '..') : folder, name).replaceAll('\\', '/');
}

/** The absolute `file:` address of a folder of posts (ends in "/"), or of a file of links. */
export function ownUrl(path: string, kind: string, root: string): string {
  const { href } = pathToFileURL(resolve(root, path));
  return kind === 'posts' ? href.replace(/\/*$/, '/') : href;
}

/** The absolute address of a source: a relative `file:` path starts at the root. */
export function sourceUrl(url: string, root: string): string {
  const [, path] = /^file:(?!\/)(.*)$/i.exec(url) ?? [];
  if (path === undefined) return new URL(url).href;
  return pathToFileURL(resolve(root, decodeURI(path))).href;
}

/** Whether a file or folder that is there lies below the folder, where links lead to. Rejects as `realpath` does where one of them is not there. */
export async function isWithin(path: string, folder: string): Promise<boolean> {
  const below = relative(await realpath(folder), await realpath(path));
  return below !== '..' && !/^\.\.[/\\]/.test(below) && !isAbsolute(below);
}

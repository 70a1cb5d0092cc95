/** The folders of a site: what we publish must lie apart from what nobody may read. */
import { lstat, readlink, realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { Path } from './yaml.js';

/** Absolute paths. */
export interface SiteFolders {
  readonly root: string;
  /** The main file first. */
  readonly configFiles: readonly string[];
  readonly publishDir: string;
  /** null: none. */
  readonly templates: string | null;
  /** null: the store is no file. */
  readonly storePath: string | null;
  /** Folders of posts and files of links, by the index of their source. */
  readonly own: readonly (readonly [index: number, path: string])[];
}

/**
 * Where the published folder and another one lie in each other: a web server would hand out the config or the store, or publishing
 * would write among the editor's files. Links are followed.
 */
export async function mixedFolders(folders: SiteFolders): Promise<{ readonly key: Path; readonly message: string }[]> {
  const [root, dir] = await Promise.all([realPlace(folders.root), realPlace(folders.publishDir)]);
  const key = ['publish', 'dir'];
  if (holds(dir, root)) return [{ key, message: "it holds the site's root: name a folder of its own, such as feeds" }];
  const { configFiles, storePath, templates, own } = folders;
  const folderOf = (file: string | undefined) => (file === undefined ? [] : [dirname(file)]);
  const apart: readonly (readonly [key: Path, paths: readonly string[], message: string])[] = [
    ...own.map(([index, path]) => [['sources', index, 'path'], [path], UNPUBLISHED] as const),
    [key, [...configFiles, ...folderOf(configFiles[0])], 'it shares a folder with the config, which may hold secrets'],
    [
      key,
      templates === null ? [] : [templates],
      'it shares a folder with publish.templates, which would be overwritten',
    ],
    [
      key,
      storePath === null ? [] : [storePath, dirname(storePath)],
      'it shares a folder with the store, which is private',
    ],
  ];
  const problems: { key: Path; message: string }[] = [];
  for (const [at, paths, message] of apart) {
    const places = await Promise.all(paths.map((path) => realPlace(path)));
    if (places.some((place) => isMixed(dir, place, root))) problems.push({ key: at, message });
  }
  return problems;
}

const UNPUBLISHED = 'it shares a folder with publish.dir: what is not published yet would be read by everyone';

/** Below the root both may lie, also where the private folder is the root itself. */
function isMixed(dir: string, place: string, root: string): boolean {
  return holds(dir, place) || (holds(place, dir) && !(holds(place, root) && holds(root, dir)));
}

/** Also true of the folder itself. */
function holds(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && resolve(folder, way) === path;
}

/** Where a path leads, with every link on the way followed, though it may not exist yet. */
async function realPlace(path: string, links = 0): Promise<string> {
  const found = await realpath(path).catch(() => null);
  if (found !== null) return found;
  const isLink = (await lstat(path).catch(() => null))?.isSymbolicLink();
  if (isLink && links < 40) return await realPlace(resolve(dirname(path), await readlink(path)), links + 1);
  const parent = dirname(path);
  return parent === path ? path : join(await realPlace(parent, links), basename(path));
}

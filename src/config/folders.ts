/** Checks that the published folder does not overlap with private folders. */
import { lstat, readlink, realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import type { Path } from './yaml.js';

/** Absolute paths. */
export interface SiteFolders {
  readonly root: string;
  readonly configFiles: readonly string[];
  readonly publishDir: string;
  readonly templates: string | null;
  /** null if the store is not a file. */
  readonly storePath: string | null;
  /** Folders of posts and links files, with the index of their source. */
  readonly own: readonly (readonly [index: number, path: string])[];
}

/** An overlap would serve the config or the store, or write among the editor's files. Resolves links. */
export async function findOverlaps(folders: SiteFolders): Promise<{ readonly key: Path; readonly message: string }[]> {
  const [root, dir] = await Promise.all([resolveLinks(folders.root), resolveLinks(folders.publishDir)]);
  const key = ['publish', 'dir'];
  if (containsPath(dir, root))
    return [{ key, message: "contains the site's root: use a separate folder such as feeds" }];
  const { configFiles, storePath, templates, own } = folders;
  const listParentFolder = (file: string | undefined) => (file === undefined ? [] : [dirname(file)]);
  const apart: readonly (readonly [key: Path, paths: readonly string[], message: string])[] = [
    ...own.map(([index, path]) => [['sources', index, 'path'], [path], UNPUBLISHED] as const),
    [
      key,
      [...configFiles, ...listParentFolder(configFiles[0])],
      'overlaps with the folder of the config, which may contain secrets',
    ],
    [key, templates === null ? [] : [templates], 'overlaps with publish.templates, which would be overwritten'],
    [
      key,
      storePath === null ? [] : [storePath, dirname(storePath)],
      'overlaps with the folder of the store, which is private',
    ],
  ];
  const problems: { key: Path; message: string }[] = [];
  for (const [at, paths, message] of apart) {
    const places = await Promise.all(paths.map((path) => resolveLinks(path)));
    if (places.some((place) => isOverlapping(dir, place, root))) problems.push({ key: at, message });
  }
  return problems;
}

const UNPUBLISHED = 'overlaps with publish.dir, so unpublished posts would be public';

/** Both may be below the root, even if the private folder is the root itself. */
function isOverlapping(dir: string, place: string, root: string): boolean {
  return (
    containsPath(dir, place) || (containsPath(place, dir) && !(containsPath(place, root) && containsPath(root, dir)))
  );
}

function containsPath(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && resolve(folder, way) === path;
}

async function resolveLinks(path: string, links = 0): Promise<string> {
  const found = await realpath(path).catch(() => null);
  if (found !== null) return found;
  const isLink = (await lstat(path).catch(() => null))?.isSymbolicLink();
  if (isLink && links < 40) return await resolveLinks(resolve(dirname(path), await readlink(path)), links + 1);
  const parent = dirname(path);
  return parent === path ? path : join(await resolveLinks(parent, links), basename(path));
}

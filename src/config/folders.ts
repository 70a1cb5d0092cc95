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
  const publishDir = ['publish', 'dir'] as const;
  if (holds(dir, root)) {
    const where = dir === root ? "is the site's root" : "holds the site's root";
    return [{ key: publishDir, message: `it ${where}: name a folder of its own, such as feeds` }];
  }
  const problems: { key: Path; message: string }[] = [];
  for (const [index, path] of folders.own) {
    const place = await realPlace(path);
    const message = 'it shares a folder with publish.dir: what is not published yet would be read by everyone';
    if (holds(dir, place) || holds(place, dir)) problems.push({ key: ['sources', index, 'path'], message });
  }
  const configFiles = await Promise.all(folders.configFiles.map(realPlace));
  const config =
    whereIn(dir, dirname(configFiles[0] ?? root), root) ?? configFiles.map((file) => heldIn(dir, file)).find(Boolean);
  if (config)
    problems.push({ key: publishDir, message: `it ${config} the folder of the config: what it says may be secret` });
  const theme = folders.templates === null ? null : await realPlace(folders.templates);
  if (theme !== null && (holds(dir, theme) || holds(theme, dir)))
    problems.push({
      key: publishDir,
      message: 'it shares a folder with publish.templates, whose files would be written over',
    });
  const file = folders.storePath === null ? null : await realPlace(folders.storePath);
  if (file === null) return problems;
  if (holds(dir, file))
    problems.push({
      key: ['store', 'path'] as const,
      message: 'it lies inside publish.dir: the store is for nobody to read',
    });
  else {
    const store = whereIn(dir, dirname(file), root);
    if (store !== null)
      problems.push({ key: publishDir, message: `it ${store} the folder of the store, which is for nobody to read` });
  }
  return problems;
}

/** How `dir` lies to a private folder; null: apart. Below the root both may lie, also where the private folder is the root itself. */
function whereIn(dir: string, folder: string, root: string): string | null {
  if (dir === folder) return 'is';
  if (holds(dir, folder)) return 'holds';
  return holds(folder, dir) && !(holds(folder, root) && holds(root, dir)) ? 'lies inside' : null;
}

function heldIn(dir: string, file: string): string | null {
  return holds(dir, file) ? 'holds a file of' : null;
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

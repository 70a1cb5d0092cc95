/** Locates packs: by name in the package, by folder in a site. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { resolveIncludedPath } from '../paths.js';

/** Folders of the package with a `sources.yaml`, a `topics.yaml`, or both. New sites start with `world`. */
const FOLDERS: Readonly<Record<string, string>> = {
  world: 'config',
  local: 'config/packs/local',
  tech: 'config/packs/tech',
  science: 'config/packs/science',
};

export const PACK_NAMES: readonly string[] = Object.keys(FOLDERS);

export const PACK_LISTS = ['sources', 'topics'] as const;
export type PackList = (typeof PACK_LISTS)[number];

export interface PackFile {
  readonly list: PackList;
  readonly path: string;
  readonly shown: string;
  readonly isOurs: boolean;
}

/** At least one file; null if the pack does not exist. A pack of the site is relative to the config file. */
export function findPackFiles(name: string, configPath: string): readonly PackFile[] | null {
  const own = FOLDERS[name];
  const folder = own === undefined ? resolveIncludedPath(configPath, name) : resolvePackageFolder(own);
  const shown = own === undefined ? folder : `newsloom:${name}`;
  const files = PACK_LISTS.map((list) => ({
    list,
    path: join(folder, `${list}.yaml`),
    shown: `${shown}/${list}.yaml`,
    isOurs: own !== undefined,
  }));
  const there = files.filter(({ path }) => existsSync(path));
  return there.length === 0 ? null : there;
}

function resolvePackageFolder(path: string): string {
  return fileURLToPath(new URL(`../../../${path}`, import.meta.url));
}

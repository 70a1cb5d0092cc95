/** Reads the packs that a config extends. */

import { didYouMean } from '../suggest.js';
import type { ConfigFile, Path } from '../yaml.js';
import { type ListLayer, readEntryId } from './merge-packs.js';
import { findPackFiles, PACK_NAMES, type PackFile, type PackList } from './packs.js';

interface Extended {
  readonly name: string;
  readonly without: readonly string[];
  readonly path: Path;
}

export interface ReadPacks {
  readonly layers: Readonly<Record<PackList, readonly ListLayer[]>>;
  readonly files: readonly ConfigFile[];
  readonly problems: readonly { readonly path: Path; readonly message: string }[];
  /** Whether a pack of the site has one of its two files only, so that the other may be added. */
  readonly mayGrow: boolean;
}

/** @param readFile returns one file of a pack, or the reason why it is not readable. */
export async function readPacks(
  extended: unknown,
  configPath: string,
  readFile: (file: PackFile) => Promise<ConfigFile | string>,
): Promise<ReadPacks> {
  const layers: Record<PackList, ListLayer[]> = { sources: [], topics: [] };
  const files: ConfigFile[] = [];
  const problems: { path: Path; message: string }[] = [];
  let mayGrow = false;
  for (const pack of listExtendedPacks(extended)) {
    const found = findPackFiles(pack.name, configPath);
    if (found === null) problems.push({ path: pack.path, message: describeUnknownPack(pack.name) });
    mayGrow ||= found?.length === 1 && !found[0]!.isOurs;
    const ids = new Set<string>();
    for (const one of found ?? []) {
      const file = await readFile(one);
      if (typeof file === 'string') {
        problems.push({ path: pack.path, message: `${file} (${one.shown})` });
        continue;
      }
      files.push(file);
      const items = Array.isArray(file.value) ? file.value : [];
      for (const [index, item] of items.entries()) ids.add(readEntryId(item, { file, path: [index] }) ?? '');
      layers[one.list].push({ file, path: [], items, without: new Set(pack.without) });
    }
    if (found !== null) problems.push(...findUnknownExclusions(pack, ids));
  }
  return { layers, files, problems, mayGrow };
}

function listExtendedPacks(value: unknown): Extended[] {
  const list = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return list.flatMap((one, index): Extended[] => {
    const path: Path = Array.isArray(value) ? ['extends', index] : ['extends'];
    if (typeof one === 'string') return [{ name: one, without: [], path }];
    if (typeof one !== 'object' || one === null || typeof one.pack !== 'string') return [];
    const without = Array.isArray(one.without) ? one.without : [];
    return [{ name: one.pack, without: without.map(String), path }];
  });
}

function describeUnknownPack(name: string): string {
  if (PACK_NAMES.includes(name)) return `pack "${name}" is missing from this installation: reinstall newsloom`;
  const hint = didYouMean(name, PACK_NAMES);
  return `unknown pack "${name}"${hint}; use one of ${PACK_NAMES.join(', ')}, or a folder with a sources.yaml or topics.yaml`;
}

function findUnknownExclusions({ without, path }: Extended, ids: ReadonlySet<string>): ReadPacks['problems'] {
  return without.flatMap((id, index) =>
    ids.has(id)
      ? []
      : [{ path: [...path, 'without', index], message: `unknown id "${id}" in the pack${didYouMean(id, [...ids])}` }],
  );
}

/** Writes and reads `manifest.json`, the list of all files of an edition, for cleaning up and copying the folder. */

import type { OutputFile } from '../model/edition.js';
import type { PageMemory } from '../model/page.js';
import { isRecord } from '../text/record.js';

export const MANIFEST = 'manifest.json';

export interface Manifest {
  readonly site: string;
  readonly paths: readonly string[];
  /** Size in bytes of each file when it was published; not for health files. */
  readonly sizes: ReadonlyMap<string, number>;
  /** Values that pages keep between editions; null: none, or unknown. */
  readonly pages: PageMemory | null;
}

/** `size` null: a health file, which may change without news. Sorted by path in code-unit order, one line per file. */
export function manifestFile(
  site: string,
  files: readonly { readonly path: string; readonly size: number | null }[],
  pages: PageMemory | null,
): OutputFile {
  const lines = [...files]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, size }) => JSON.stringify(size === null ? { path } : { path, size }));
  const kept = pages === null ? '' : `"pages":${JSON.stringify(pages)},\n`;
  return { path: MANIFEST, bytes: `{"site":${JSON.stringify(site)},\n${kept}"files":[\n${lines.join(',\n')}\n]}\n` };
}

/** null: invalid. Drops paths outside of the folder, because the file may have been tampered with. */
export function readManifest(text: string): Manifest | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(value) || typeof value.site !== 'string' || !Array.isArray(value.files)) return null;
  const files = value.files.flatMap((file: unknown) =>
    isRecord(file) && typeof file.path === 'string' && isInside(file.path)
      ? [{ path: file.path, size: file.size }]
      : [],
  );
  const sizes = files.flatMap(({ path, size }) => (typeof size === 'number' ? [[path, size] as const] : []));
  const paths = files.map(({ path }) => path);
  return { site: value.site, paths, sizes: new Map(sizes), pages: isPageMemory(value.pages) ? value.pages : null };
}

function isInside(path: string): boolean {
  return (
    /^[^/\\:\0-\x1f]+(?:\/[^/\\:\0-\x1f]+)*$/.test(path) &&
    !path.split('/').some((part) => /^\.\.?$|^\.newsloom-/.test(part))
  );
}

function isPageMemory(value: unknown): value is PageMemory {
  if (!isRecord(value) || !isRecord(value.zone) || !Array.isArray(value.menu)) return false;
  const { name, offsets, until } = value.zone;
  const isOffset = (one: unknown) => Array.isArray(one) && one.length === 2 && one.every(Number.isSafeInteger);
  return (
    value.menu.every((id) => typeof id === 'string') &&
    typeof name === 'string' &&
    Number.isSafeInteger(until) &&
    Array.isArray(offsets) &&
    offsets.every(isOffset)
  );
}

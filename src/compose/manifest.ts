/** `manifest.json`: every file of the edition, so that whoever cleans up or copies the folder knows what is ours. */
import type { OutputFile } from '../model/edition.js';

export const MANIFEST = 'manifest.json';

export interface Manifest {
  /** The address of the site. */
  readonly site: string;
  readonly paths: readonly string[];
  /** Bytes of each file when it was published; health files have none here. */
  readonly sizes: ReadonlyMap<string, number>;
}

/** `size` null: a health file, which may change without news. By path in code-unit order, one file a line. */
export function manifestFile(
  site: string,
  files: readonly { readonly path: string; readonly size: number | null }[],
): OutputFile {
  const lines = [...files]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, size }) => JSON.stringify(size === null ? { path } : { path, size }));
  return { path: MANIFEST, bytes: `{"site":${JSON.stringify(site)},\n"files":[\n${lines.join(',\n')}\n]}\n` };
}

/** Null where it is none of ours. Paths that would lead out of the folder are left out: the file may have been tampered with. */
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
  return { site: value.site, paths: files.map(({ path }) => path), sizes: new Map(sizes) };
}

function isInside(path: string): boolean {
  return (
    /^[^/\\:\0-\x1f]+(?:\/[^/\\:\0-\x1f]+)*$/.test(path) &&
    !path.split('/').some((part) => /^\.\.?$|^\.newsloom-/.test(part))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

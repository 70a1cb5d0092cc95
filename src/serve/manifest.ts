/** Lists the published files of a folder: manifest.json and the files that it names. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

const MANIFEST = 'manifest.json';
const NONE: ReadonlySet<string> = new Set();

/** Paths by folder, cached by the version of the manifest. */
const lastRead = new Map<string, { readonly version: string; readonly paths: Promise<ReadonlySet<string>> }>();

/** Empty if nothing is published. */
export async function readPublishedPaths(dir: string): Promise<ReadonlySet<string>> {
  const file = join(dir, MANIFEST);
  const found = await stat(file, { bigint: true }).catch(() => null);
  if (!found?.isFile()) return NONE;
  const version = `${found.ino}-${found.size}-${found.mtimeNs}`;
  const known = lastRead.get(dir);
  if (known?.version === version) return await known.paths;
  const paths = readPaths(file);
  lastRead.clear(); // only one folder is served at a time
  lastRead.set(dir, { version, paths });
  paths.catch(() => lastRead.delete(dir));
  return await paths;
}

async function readPaths(file: string): Promise<ReadonlySet<string>> {
  return new Set([MANIFEST, ...parseManifestPaths(await readFile(file, 'utf8'))]);
}

function parseManifestPaths(text: string): string[] {
  try {
    const { files } = JSON.parse(text);
    return files.flatMap(({ path }: { path: unknown }) => (typeof path === 'string' ? [path] : []));
  } catch {
    return [];
  }
}

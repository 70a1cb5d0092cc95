/** The settings cache in `.newsloom/`, which avoids parsing unchanged config files. */
import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Settings } from '../model/settings.js';
import { findOverlaps } from './folders.js';
import { findSiteRoot } from './paths.js';

export interface ConfigBytes {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export function digestFiles(files: readonly ConfigBytes[]): string {
  const hash = createHash('sha256');
  for (const { path, bytes } of files) hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  return hash.digest('base64url');
}

/** Settings fresh from the files. Settings from the cache or modified ones are not cached. */
const unmodified = new WeakSet<Settings>();

export function markUnmodified(settings: Settings): Settings {
  unmodified.add(settings);
  return settings;
}

/** null if the cache is missing, stale, damaged, from another program version or not owned by this user. */
export async function readCachedSettings(configPath: string, version: string): Promise<Settings | null> {
  try {
    const settings = parseCache(await readOwned(locateCache(configPath)), identifyProgram(version));
    return settings?.configPath === resolve(configPath) && (await isUnchanged(settings)) ? settings : null;
  } catch {
    return null;
  }
}

/**
 * Only for a store in `.newsloom/` or in a database, and only without values from the environment. Readable by the
 * owner only, because settings may contain secrets. A read-only folder is not an error.
 */
export async function cacheSettings(settings: Settings, version: string): Promise<void> {
  if (settings.readFrom === null || !unmodified.has(settings)) return;
  const place = locateCache(settings.configPath);
  const { path, url } = settings.store;
  if (path === null ? url === null : dirname(path) !== dirname(place)) return;
  const json = JSON.stringify(settings);
  const text = [identifyProgram(version), computeChecksum(json), json].join('\n');
  try {
    await writeOwned(place, text);
    unmodified.delete(settings);
  } catch {}
}

/** `config/newsloom.yaml` → `.newsloom/newsloom.yaml.json` */
export function locateCache(configPath: string, ending = 'json'): string {
  return join(findSiteRoot(configPath), '.newsloom', `${basename(configPath)}.${ending}`);
}

/** Readable by the owner only. Always creates a new file: an existing one may be readable by others, or a link. */
export async function writeOwned(place: string, text: string): Promise<void> {
  await mkdir(dirname(place), { recursive: true, mode: 0o700 });
  await rm(`${place}.new`, { force: true });
  await writeFile(`${place}.new`, text, { flag: 'wx', mode: 0o600 });
  await rename(`${place}.new`, place);
}

/** A clone has many builds of one version, and validation depends on Node's URL and language data. */
function identifyProgram(version: string): string {
  return `newsloom ${version} ${statSync(new URL(import.meta.url)).mtimeMs} node ${process.version}`;
}

/** Another user must not decide what is fetched and where it is published: empty if it is not ours. */
export async function readOwned(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { uid, mode } = await file.stat();
    const ours = process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0);
    return ours ? await file.readFile('utf8') : '';
  } finally {
    await file.close();
  }
}

function parseCache(text: string, program: string): Settings | null {
  const [by, sum, json = ''] = text.split('\n');
  return by === program && sum === computeChecksum(json) ? JSON.parse(json) : null;
}

function computeChecksum(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

async function isUnchanged(settings: Settings): Promise<boolean> {
  const { configFiles, desk, readFrom, publish, root, store, sources } = settings;
  // A desk file counts as soon as it exists.
  if (!configFiles.includes(desk.path) && existsSync(desk.path)) return false;
  const files = await Promise.all(configFiles.map(async (path) => ({ path, bytes: await readFile(path) })));
  if (digestFiles(files) !== readFrom) return false;
  const { dir, templates } = publish;
  // A folder may have become a link since.
  const own = sources.flatMap((source, index) =>
    source.own === undefined ? [] : [[index, resolve(root, source.own.path)] as const],
  );
  const folders = { root, configFiles, publishDir: dir, templates, storePath: store.path, own };
  if ((await findOverlaps(folders)).length > 0) return false;
  return templates === null || (await stat(templates)).isDirectory();
}

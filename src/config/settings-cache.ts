/** Settings as they were read without a mistake, kept beside the store: while no file of the config changes, neither YAML nor its rules are needed again. */
import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Settings } from '../model/settings.js';
import { rootOf } from './paths.js';

/** One file of a config, as it lay on disk. */
export interface ConfigBytes {
  /** Absolute. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Changes with every byte of every file, and with where they lie. */
export function digestOf(files: readonly ConfigBytes[]): string {
  const hash = createHash('sha256');
  for (const { path, bytes } of files) hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  return hash.digest('base64url');
}

/** What somebody made of settings is not what the files say, and what was kept need not be kept again. */
const asRead = new WeakSet<Settings>();

/** Says that these settings are what reading the files gave. */
export function markAsRead(settings: Settings): Settings {
  asRead.add(settings);
  return settings;
}

/**
 * The settings that reading the config would give, or null where it must be read: nothing was kept of it, or by another program
 * (`version`), a file changed, a folder that it needs is gone, or what was kept is damaged or not ours.
 */
export async function cachedSettings(configPath: string, version: string): Promise<Settings | null> {
  try {
    const settings = contents(await readOurs(placeOf(configPath)), programOf(version));
    return settings?.configPath === resolve(configPath) && (await isAsItWas(settings)) ? settings : null;
  } catch {
    return null;
  }
}

/**
 * Keeps settings, once, for `keptSettings`, readable by their owner alone. Only where the site's memory lies already (`.newsloom/` at its
 * root), and never what the environment had a say in. A folder that cannot be written is no error.
 */
export async function cacheSettings(settings: Settings, version: string): Promise<void> {
  if (settings.readFrom === null || !asRead.has(settings)) return;
  const place = placeOf(settings.configPath);
  if (dirname(settings.store.path ?? '') !== dirname(place)) return;
  const json = JSON.stringify(settings);
  const text = [programOf(version), checksum(json), json].join('\n');
  try {
    // Anew: what lies there may be readable by others, or a link to where we must not write.
    await rm(`${place}.new`, { force: true });
    await writeFile(`${place}.new`, text, { flag: 'wx', mode: 0o600 });
    await rename(`${place}.new`, place);
    asRead.delete(settings);
  } catch {}
}

/** `config/newsloom.yaml` → `.newsloom/newsloom.yaml.json` */
function placeOf(configPath: string): string {
  return join(rootOf(configPath), '.newsloom', `${basename(configPath)}.json`);
}

/** Of one version there are many builds in a clone, and addresses and languages are checked by what Node knows of them. */
function programOf(version: string): string {
  return `newsloom ${version} ${statSync(new URL(import.meta.url)).mtimeMs} node ${process.version}`;
}

/** Whoever writes it decides what is read and where it is published: only we do, as we left it. What came with a checkout is open to all. */
async function readOurs(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { uid, mode } = await file.stat();
    const ours = process.getuid === undefined || (uid === process.getuid() && (mode & 0o077) === 0);
    return ours ? await file.readFile('utf8') : '';
  } finally {
    await file.close();
  }
}

function contents(text: string, program: string): Settings | null {
  const [by, sum, json = ''] = text.split('\n');
  return by === program && sum === checksum(json) ? JSON.parse(json) : null;
}

function checksum(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

async function isAsItWas({ configFiles, readFrom, publish }: Settings): Promise<boolean> {
  const files = await Promise.all(configFiles.map(async (path) => ({ path, bytes: await readFile(path) })));
  if (digestOf(files) !== readFrom) return false;
  return publish.templates === null || (await stat(publish.templates)).isDirectory();
}

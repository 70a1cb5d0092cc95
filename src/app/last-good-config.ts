/** Keeps the last valid config beside the store, and what a worker rejected since. */
import { readFile } from 'node:fs/promises';
import { locateCache, readOwned, writeOwned } from '../config/settings-cache.js';
import { ConfigError, formatProblem } from '../model/errors.js';
import type { Settings } from '../model/settings.js';
import type { SiteReading } from './load-site.js';

export interface RejectedConfig {
  /** ISO 8601; null: no worker has noticed it. */
  readonly since: string | null;
  readonly problems: readonly string[];
}

interface LastGood {
  /** Files as written, by absolute path: values of the environment are not kept. */
  readonly files: readonly (readonly [path: string, text: string])[];
  readonly rejected: RejectedConfig | null;
}

export interface LoadedSettings {
  readonly settings: Settings;
  /** Why the settings are the last valid ones instead of the current ones; null: they are current. */
  readonly error: ConfigError | null;
}

/** Loads the current config, or the last valid one. @throws ConfigError of the current one if neither is valid. */
export async function loadCurrentOrLast(
  configPath: string,
  load: (reading?: SiteReading) => Promise<Settings>,
): Promise<LoadedSettings> {
  try {
    return { settings: await load(), error: null };
  } catch (error) {
    const kept = error instanceof ConfigError ? await readLastGood(configPath) : null;
    const settings = kept === null ? null : await load({ kept: new Map(kept.files) }).catch(() => null);
    if (settings === null) throw error;
    return { settings, error: error as ConfigError };
  }
}

/** In a folder that cannot be written, nothing is kept. */
export async function keepLastGood({ configPath, configFiles }: Settings): Promise<void> {
  const read = configFiles.map(async (path) => [path, await readFile(path, 'utf8')] as const);
  await Promise.all(read).then(
    (files) => writeLastGood(configPath, { files, rejected: null }),
    () => undefined,
  );
}

/** Resolves with the time of the first rejection since the last valid config. */
export async function noteRejected(configPath: string, error: ConfigError, now: Date): Promise<RejectedConfig> {
  const kept = await readLastGood(configPath);
  const rejected = toRejected(error, kept?.rejected?.since ?? now.toISOString());
  if (kept !== null) await writeLastGood(configPath, { ...kept, rejected });
  return rejected;
}

export function toRejected({ problems }: ConfigError, since: string | null): RejectedConfig {
  return { since, problems: problems.map(formatProblem) };
}

/** null: no worker rejected the config since it was last valid. */
export async function readRejected(configPath: string): Promise<RejectedConfig | null> {
  return (await readLastGood(configPath))?.rejected ?? null;
}

async function readLastGood(configPath: string): Promise<LastGood | null> {
  try {
    return JSON.parse(await readOwned(locateCache(configPath, 'last-good.json'))) as LastGood;
  } catch {
    return null;
  }
}

async function writeLastGood(configPath: string, kept: LastGood): Promise<void> {
  await writeOwned(locateCache(configPath, 'last-good.json'), JSON.stringify(kept)).catch(() => undefined);
}

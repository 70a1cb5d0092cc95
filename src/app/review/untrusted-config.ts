/** Reads an untrusted config without files outside its folder, and without environment variables that may contain secrets. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { standInFor, variableOf } from '../../config/environment.js';
import { OUTSIDE_OF_SECTION } from '../../config/files.js';
import { listsLockPath } from '../../config/lists-lock.js';
import { isWithin, rootOf } from '../../config/paths.js';
import { readYaml } from '../../config/yaml.js';
import { ConfigError, type ConfigProblem } from '../../model/errors.js';
import type { Settings } from '../../model/settings.js';
import { loadSite } from '../load-site.js';

type Environment = Readonly<Record<string, string | undefined>>;

interface UntrustedConfig {
  /** null: invalid. */
  readonly settings: Settings | null;
  readonly problems: readonly ConfigProblem[];
  /** Sorted names of variables that were not read. A placeholder address replaces them. */
  readonly unread: readonly string[];
}

export async function readUntrusted(
  configPath: string,
  { env, readable }: { readonly env: Environment; readonly readable: readonly string[] },
): Promise<UntrustedConfig> {
  const unread = new Set<string>();
  const within = rootOf(configPath);
  const database = await databaseVariable(configPath, within);
  const standIn = (name: string) => {
    if (readable.includes(name)) return env[name];
    unread.add(name);
    return standInFor(name, name === database ? 'postgres' : 'https');
  };
  const stand = new Proxy<Record<string, string | undefined>>({}, { get: (_, name) => standIn(String(name)) });
  try {
    const settings = await loadSite(configPath, stand, { within });
    const problems = await lockProblems(settings, within);
    return { settings: problems.length > 0 ? null : settings, problems, unread: [...unread].sort() };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { settings: null, problems: error.problems, unread: [...unread].sort() };
  }
}

/** Checks the place of the lock, which runs read. */
async function lockProblems({ configPath }: Settings, within: string): Promise<readonly ConfigProblem[]> {
  const file = listsLockPath(configPath);
  const isRead = !existsSync(file) || (await isWithin(file, within));
  return isRead ? [] : [{ file, line: 0, column: 0, path: '', message: OUTSIDE_OF_SECTION }];
}

/** The variable with the address of the database, whose placeholder needs another scheme. */
async function databaseVariable(configPath: string, within: string): Promise<string | null> {
  try {
    if (!(await isWithin(configPath, within))) return null;
    return variableOf(readYaml(configPath, await readFile(configPath, 'utf8'), {}).written(['store', 'url']));
  } catch {
    return null; // reported when the config is read
  }
}

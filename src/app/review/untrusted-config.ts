/** Reads an untrusted config without files outside its folder, and without environment variables that may contain secrets. */
import { readFile } from 'node:fs/promises';
import { createStandIn, parseVariableReference } from '../../config/environment.js';
import { findSiteRoot, isWithin } from '../../config/paths.js';
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
  const within = findSiteRoot(configPath);
  const database = await findDatabaseVariable(configPath, within);
  const readVariable = (name: string) => {
    if (readable.includes(name)) return env[name];
    unread.add(name);
    return createStandIn(name, name === database ? 'postgres' : 'https');
  };
  const stand = new Proxy<Record<string, string | undefined>>({}, { get: (_, name) => readVariable(String(name)) });
  try {
    const settings = await loadSite(configPath, stand, { within });
    return { settings, problems: [], unread: [...unread].sort() };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return { settings: null, problems: error.problems, unread: [...unread].sort() };
  }
}

/** The variable with the address of the database, whose placeholder needs another scheme. */
async function findDatabaseVariable(configPath: string, within: string): Promise<string | null> {
  try {
    if (!(await isWithin(configPath, within))) return null;
    return parseVariableReference(
      readYaml(configPath, await readFile(configPath, 'utf8'), {}).written(['store', 'url']),
    );
  } catch {
    return null; // reported when the config is read
  }
}

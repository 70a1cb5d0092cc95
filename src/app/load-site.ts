/** Loads the settings of a site, from the settings cache or from the config files. */
import type { ToleratedVariables } from '../config/environment.js';
import type { ConfigReading } from '../config/files.js';
import { readCachedSettings } from '../config/settings-cache.js';
import type { Settings } from '../model/settings.js';
import { version } from '../observe/version.js';

/** `cached`: uses the settings cache if no config file changed, without loading the config modules. */
export type SiteReading = 'cached' | 'fresh' | ConfigReading;

/** `spared`: variables that may be missing. @throws ConfigError with all problems. */
export async function loadSite(
  configPath: string,
  env: Readonly<Record<string, string | undefined>>,
  reading: SiteReading = 'cached',
  spared: ToleratedVariables = 'nothing',
): Promise<Settings> {
  const kept = reading === 'cached' ? await readCachedSettings(configPath, version) : null;
  if (kept !== null) return kept;
  const [{ loadSettings }, { iptcProblem }, { readyMadeTopic }, { expressionProblem }, { labelNames, wordProblem }] =
    await Promise.all([
      import('../config/load.js'),
      import('../tag/iptc.js'),
      import('../tag/complete-topic.js'),
      import('../rules/expression.js'),
      import('../write/html/page-labels.js'),
    ]);
  const knowledge = { iptcProblem, readyMadeTopic, expressionProblem, labelNames, wordProblem };
  return await loadSettings(configPath, env, knowledge, typeof reading === 'string' ? {} : reading, spared);
}

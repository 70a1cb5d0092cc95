/** The config of a site, read or remembered: what every command begins with, and few need more to begin. */
import { cachedSettings } from '../config/settings-cache.js';
import type { Settings } from '../model/settings.js';
import { version } from '../observe/version.js';

/**
 * `kept`: what a run kept of the same files is as good as reading them; all that reads them is loaded where it must be.
 *
 * @throws ConfigError with every mistake at once.
 */
export async function loadSite(
  configPath: string,
  env: Readonly<Record<string, string | undefined>>,
  reading: 'kept' | 'anew' = 'kept',
): Promise<Settings> {
  const kept = reading === 'kept' ? await cachedSettings(configPath, version) : null;
  if (kept !== null) return kept;
  const [{ loadSettings }, { iptcProblem }, { placeTopic }] = await Promise.all([
    import('../config/load.js'),
    import('../tag/iptc.js'),
    import('../tag/place.js'),
  ]);
  return await loadSettings(configPath, env, { iptcProblem, placeTopic });
}

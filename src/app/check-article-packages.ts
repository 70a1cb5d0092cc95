/** Checks that the packages for `fetch: article` are installed. */
import { createRequire } from 'node:module';
import { ConfigError } from '../model/errors.js';
import { missingPackages } from '../model/optional-packages.js';
import type { Settings } from '../model/settings.js';

const PACKAGES = ['@mozilla/readability', 'linkedom'] as const;

/** Throws ConfigError if a source has `fetch: article` and a package is missing. */
export function checkArticlePackages(
  { sources, configPath }: Pick<Settings, 'sources' | 'configPath'>,
  resolve: (name: string) => unknown = createRequire(import.meta.url).resolve,
): void {
  const source = sources.find(({ articlePages }) => articlePages === true);
  if (source === undefined) return;
  try {
    for (const name of PACKAGES) resolve(name);
  } catch (cause) {
    const message = missingPackages(`\`fetch: article\` of "${source.id}"`, ...PACKAGES);
    throw new ConfigError('CONFIG_INVALID', [{ file: configPath, line: 0, column: 0, path: 'sources', message }], {
      cause,
    });
  }
}

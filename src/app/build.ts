/** The library's `build`: what `newsloom build` does, without the command line. */

import type { BuildReport } from '../model/report.js';
import { loadSite } from './load-site.js';
import { runSite } from './run-site.js';

export interface BuildOptions {
  /** Default: `config/newsloom.yaml` below the working directory. */
  readonly configPath?: string | undefined;
  /** Asks all sources, due or not; still conditionally, and never inside a Retry-After. */
  readonly force?: boolean | undefined;
  /** The time that the run takes as now; default: the current time. */
  readonly now?: Date | undefined;
  /** Stops the run; the published folder stays complete and valid. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads the sources that are due and publishes what changed; says nothing on stdout and stderr. Resolves with the report of
 * the run, also where sources failed, and where none at all could be read (`sources.failed` equals `sources.total`) or ever
 * was: nothing was published then. `${NAME}` in the config is read from `process.env`.
 *
 * Rejects with `ConfigError` (all mistakes at once), `StoreError` (STORE_LOCKED: another newsloom has the store),
 * `PublishError`, or the signal's reason.
 */
export async function build(options: BuildOptions = {}): Promise<BuildReport> {
  const settings = await loadSite(options.configPath ?? 'config/newsloom.yaml', process.env);
  const { report } = await runSite(settings, {
    now: options.now ?? new Date(),
    force: options.force ?? false,
    only: null,
    offline: false,
    dryRun: false,
    forcePublish: false,
    signal: options.signal ?? new AbortController().signal,
    observer: { start: () => {}, done: () => {}, published: () => {} },
  });
  return report;
}

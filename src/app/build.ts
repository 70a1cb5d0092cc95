/** `build` of the library: `newsloom build` without the command line. */

import type { BuildReport } from '../model/report.js';
import { loadSite } from './load-site.js';
import { runSite } from './run-site.js';

export interface BuildOptions {
  /** Default: `config/newsloom.yaml` in the working directory. */
  readonly configPath?: string | undefined;
  /** Polls all sources, due or not; still with conditional requests, and never during a Retry-After. */
  readonly force?: boolean | undefined;
  readonly now?: Date | undefined;
  /** Aborts the run. The published folder stays complete and valid. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads due sources and publishes changes, without output to stdout or stderr. Resolves with the report, even if sources failed. If no
 * source could be read (`sources.failed` equals `sources.total`), nothing is published. `${NAME}` in the config comes from `process.env`.
 *
 * Rejects with `ConfigError` (all problems at once), `StoreError` (STORE_LOCKED: another newsloom has the store), `PublishError`, or the
 * signal's reason.
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

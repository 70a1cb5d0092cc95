/** Reports whether the worker uses the config of the files: in the log, the metrics, `/readyz` and for `status`. */
import { keepLastGood, noteRejected } from '../app/last-good-config.js';
import type { ConfigError } from '../model/errors.js';
import type { Settings } from '../model/settings.js';
import type { Logger } from '../observe/logger.js';
import type { Metrics } from '../observe/metrics.js';
import type { Readiness } from './readiness.js';

export interface ConfigWatchOptions {
  readonly configPath: string;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  readonly now: () => Date;
}

export class ConfigWatch {
  /** Why the last read config was rejected; empty: it is in use. */
  problem = '';

  constructor(private readonly options: ConfigWatchOptions) {}

  async accept(settings: Settings): Promise<void> {
    const { metrics, readiness, now } = this.options;
    this.problem = '';
    readiness.detail = null;
    metrics.configLoaded(now());
    await keepLastGood(settings);
  }

  /** `message`: what the worker does instead; null: it was logged before. */
  async reject(error: ConfigError, message: string | null): Promise<void> {
    const { configPath, logger, metrics, readiness, now } = this.options;
    this.problem = error.message;
    metrics.configLoaded(null);
    const { since, problems } = await noteRejected(configPath, error, now());
    readiness.detail = `the config is rejected since ${since}, and the last valid one is in use: ${problems[0]}`;
    if (message !== null) logger.error({ problems, since }, message);
  }
}

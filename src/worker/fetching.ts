/** Runs the fetch loop in a process of the worker, and logs when its database cannot be used. */
import { hostname } from 'node:os';
import { type FetchLoopObserver, runFetchLoop } from '../app/rounds/fetch-loop.js';
import type { RunSiteOptions } from '../app/run-tools.js';
import type { Settings, WorkerRole } from '../model/settings.js';
import type { Logger } from '../observe/logger.js';
import type { Metrics } from '../observe/metrics.js';
import { version } from '../observe/version.js';

export interface FetchingOptions {
  readonly settings: () => Settings;
  readonly role: WorkerRole;
  readonly resolve?: RunSiteOptions['resolve'];
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** It has looked for a bundle. */
  readonly looked: () => void;
  readonly onBug: (error: unknown) => void;
}

export interface Fetching {
  /** Bundles in hand go to other workers. */
  stop(): Promise<void>;
}

export function startFetching({ settings, role, resolve, logger, metrics, looked, onBug }: FetchingOptions): Fetching {
  const stopping = new AbortController();
  const work = runFetchLoop({
    settings,
    worker: { name: `${hostname()}:${process.pid}`, role, version },
    ...(resolve && { resolve }),
    signal: stopping.signal,
    observer: { looked, bundle: metrics.bundle, trouble: logTrouble(logger) },
  });
  work.catch(onBug);
  return {
    stop: async () => {
      stopping.abort();
      await work.catch(() => {}); // passed to `onBug`
    },
  };
}

/** Once at its beginning, and once at its end. */
function logTrouble(logger: Logger): FetchLoopObserver['trouble'] {
  let isInTrouble = false;
  return (error) => {
    if (error === null && isInTrouble) logger.info('the database can be used again');
    if (error !== null && !isInTrouble) logger.warn({ why: error.message }, 'no bundles can be taken for now');
    isInTrouble = error !== null;
  };
}

/** Runs the fetch loop in a worker process and logs outages of its queue. */
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
  readonly onPoll: () => void;
  readonly onBug: (error: unknown) => void;
}

export interface Fetching {
  /** Unfinished bundles go to other workers. */
  stop(): Promise<void>;
}

export function startFetching({
  settings,
  role,
  resolve,
  logger,
  metrics,
  onPoll: looked,
  onBug,
}: FetchingOptions): Fetching {
  const stopping = new AbortController();
  const work = runFetchLoop({
    settings,
    worker: { name: `${hostname()}:${process.pid}`, role, version },
    ...(resolve && { resolve }),
    signal: stopping.signal,
    observer: { polled: looked, bundle: metrics.bundle, trouble: logTrouble(logger) },
  });
  work.catch(onBug);
  return {
    stop: async () => {
      stopping.abort();
      await work.catch(() => {}); // passed to `onBug`
    },
  };
}

function logTrouble(logger: Logger): FetchLoopObserver['trouble'] {
  let isInTrouble = false;
  return (error) => {
    if (error === null && isInTrouble) logger.info('takes bundles again');
    if (error !== null && !isInTrouble) logger.warn({ why: error.message }, 'cannot take bundles');
    isInTrouble = error !== null;
  };
}

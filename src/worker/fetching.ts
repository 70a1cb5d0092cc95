/** The fetching part of a process that shares its work: asks what publishers send, and tells how that goes. */
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
  /** What is in hand goes to others. */
  stop(): Promise<void>;
}

export function startFetching({ settings, role, resolve, logger, metrics, looked, onBug }: FetchingOptions): Fetching {
  const stopping = new AbortController();
  const work = runFetchLoop({
    settings,
    worker: { name: `${hostname()}:${process.pid}`, role, version },
    ...(resolve && { resolve }),
    signal: stopping.signal,
    observer: { looked, bundle: metrics.bundle, trouble: tellTrouble(logger) },
  });
  work.catch(onBug);
  return {
    stop: async () => {
      stopping.abort();
      await work.catch(() => {}); // told to `onBug`
    },
  };
}

/** Once, until it is over. */
function tellTrouble(logger: Logger): FetchLoopObserver['trouble'] {
  let told: string | null = null;
  return (error) => {
    if (error === null && told !== null) logger.info('the database can be used again');
    if (error !== null && told === null) logger.warn({ why: error.message }, 'no bundles can be taken for now');
    told = error?.message ?? null;
  };
}

/** The queue of bundles in PostgreSQL, by pg-boss 10. Loaded only if a site has fetch workers. */
import type PgBoss from 'pg-boss';
import { StoreError } from '../model/errors.js';
import { missingPackages } from '../model/optional-packages.js';
import { type Bundle, WORKER_DATABASE_TIMEOUT_MS } from '../model/round.js';
import type { BundleQueue, BundleSender } from '../ports/rounds.js';

const QUEUE = 'bundles';
/** How often a bundle is retried after its worker ended. */
const RETRIES = 5;
/** Maximum seconds between checks for expired leases, and minimum number of checks per lease. */
const MAX_CHECK_SECONDS = 10;
const CHECKS_PER_LEASE = 5;

export interface QueueOptions {
  readonly url: string;
  readonly schema: string;
  readonly onError: (error: Error) => void;
}

/** For the publisher: creates the queue if missing and maintains it. Rejects with StoreError. */
export async function createBundleSender(leaseMs: number, options: QueueOptions): Promise<BundleSender> {
  const maintenanceIntervalSeconds = Math.max(
    1,
    Math.min(MAX_CHECK_SECONDS, Math.floor(leaseMs / 1000 / CHECKS_PER_LEASE)),
  );
  const boss = await startBoss(options, { migrate: true, supervise: true, maintenanceIntervalSeconds });
  await closeOnError(boss, boss.createQueue(QUEUE, { name: QUEUE, policy: 'standard', retryLimit: RETRIES }));
  return {
    send: (bundles, leaseMs, executeSql) => {
      const jobs = bundles.map((data) => ({ name: QUEUE, data, expireInSeconds: Math.ceil(leaseMs / 1000) }));
      return boss.insert(jobs, { db: { executeSql: executeSql as never } });
    },
    close: () => convertErrors(boss.stop({ graceful: false })),
  };
}

/** For a worker. Rejects with StoreError, also before a publisher created the queue. */
export async function openBundleQueue(options: QueueOptions): Promise<BundleQueue> {
  const limits = { connectionTimeoutMillis: WORKER_DATABASE_TIMEOUT_MS, query_timeout: WORKER_DATABASE_TIMEOUT_MS };
  const boss = await startBoss(options, { migrate: false, supervise: false, ...limits });
  return {
    take: async () => {
      const [job] = await convertErrors(boss.fetch<Bundle>(QUEUE));
      return job === undefined ? null : { id: job.id, bundle: job.data, leaseMs: job.expireInSeconds * 1000 };
    },
    done: ({ id }) => convertErrors(boss.complete(QUEUE, id)),
    postpone: async ({ id, bundle, leaseMs }, forMs) => {
      const options = { startAfter: forMs / 1000, expireInSeconds: leaseMs / 1000 };
      await convertErrors(boss.send(QUEUE, bundle, options));
      await convertErrors(boss.complete(QUEUE, id));
    },
    close: () => convertErrors(boss.stop({ graceful: false })),
  };
}

async function startBoss({ url, schema, onError }: QueueOptions, more: object) {
  const PgBoss = await loadQueue();
  const boss = new PgBoss({ connectionString: url, schema, max: 2, schedule: false, ...more });
  boss.on('error', onError); // without a listener, a database restart would end the process
  return await closeOnError(boss, boss.start());
}

/** Closes the connections of a failed start, which pg-boss cannot stop. */
async function closeOnError<T>(boss: PgBoss, work: Promise<T>): Promise<T> {
  try {
    return await convertErrors(work);
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => {});
    await (boss.getDb() as PgBoss.Db & { close(): Promise<void> }).close().catch(() => {});
    throw error;
  }
}

async function loadQueue() {
  try {
    return (await import('pg-boss')).default;
  } catch (cause) {
    throw new StoreError('STORE_DRIVER', missingPackages('the queue of several workers', 'pg', 'pg-boss'), { cause });
  }
}

async function convertErrors<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    if (message === 'pg-boss is not installed')
      throw new StoreError(
        'STORE_FAILED',
        'the queue of bundles does not exist yet: start a publisher, which creates it',
        { cause },
      );
    throw new StoreError('STORE_FAILED', `the queue of bundles: ${message}`, { cause });
  }
}

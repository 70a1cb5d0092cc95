/** The queue of bundles in PostgreSQL, kept by pg-boss 10: no other file knows of it. Loaded where a site has fetch workers. */
import type PgBoss from 'pg-boss';
import { StoreError } from '../model/errors.js';
import { missingPackages } from '../model/optional-packages.js';
import { type Bundle, WORKER_PATIENCE } from '../model/round.js';
import type { BundleQueue, BundleSender } from '../ports/rounds.js';

const QUEUE = 'bundles';
/** A bundle whose worker ends goes to another, so often. */
const RETRIES = 5;
/** Seconds between two looks for bundles whose lease has ended: at most so many, and so many of them in a lease. */
const LOOK_EVERY = 10;
const LOOKS_A_LEASE = 5;

export interface QueueOptions {
  readonly url: string;
  /** Of its own tables. */
  readonly schema: string;
  readonly onError: (error: Error) => void;
}

/** For the publisher: makes the queue where there is none, and looks after it. Rejects with StoreError. */
export async function createBundleSender(leaseMs: number, options: QueueOptions): Promise<BundleSender> {
  const maintenanceIntervalSeconds = Math.max(1, Math.min(LOOK_EVERY, Math.floor(leaseMs / 1000 / LOOKS_A_LEASE)));
  const boss = await startBoss(options, { migrate: true, supervise: true, maintenanceIntervalSeconds });
  await orClose(boss, boss.createQueue(QUEUE, { name: QUEUE, policy: 'standard', retryLimit: RETRIES }));
  return {
    send: (bundles, leaseMs, executeSql) => {
      const jobs = bundles.map((data) => ({ name: QUEUE, data, expireInSeconds: Math.ceil(leaseMs / 1000) }));
      return boss.insert(jobs, { db: { executeSql: executeSql as never } });
    },
    close: () => asStore(boss.stop({ graceful: false })),
  };
}

/** For a worker. Rejects with StoreError, also where no publisher has made the queue yet. */
export async function openBundleQueue(options: QueueOptions): Promise<BundleQueue> {
  const limits = { connectionTimeoutMillis: WORKER_PATIENCE, query_timeout: WORKER_PATIENCE };
  const boss = await startBoss(options, { migrate: false, supervise: false, ...limits });
  return {
    take: async () => {
      const [job] = await asStore(boss.fetch<Bundle>(QUEUE));
      return job === undefined ? null : { id: job.id, bundle: job.data, leaseMs: job.expireInSeconds * 1000 };
    },
    done: ({ id }) => asStore(boss.complete(QUEUE, id)),
    leave: async ({ id, bundle, leaseMs }, forMs) => {
      const options = { startAfter: forMs / 1000, expireInSeconds: leaseMs / 1000 };
      await asStore(boss.send(QUEUE, bundle, options));
      await asStore(boss.complete(QUEUE, id));
    },
    close: () => asStore(boss.stop({ graceful: false })),
  };
}

async function startBoss({ url, schema, onError }: QueueOptions, more: object) {
  const PgBoss = await loadQueue();
  const boss = new PgBoss({ connectionString: url, schema, max: 2, schedule: false, ...more });
  boss.on('error', onError); // else a restart of the database ends the process
  return await orClose(boss, boss.start());
}

/** A failed start cannot be stopped, and leaves its connections open. */
async function orClose<T>(boss: PgBoss, work: Promise<T>): Promise<T> {
  try {
    return await asStore(work);
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

/** What it rejects with are errors of the database. */
async function asStore<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    if (message === 'pg-boss is not installed')
      throw new StoreError('STORE_FAILED', 'the queue of bundles is not there yet: a publisher makes it', { cause });
    throw new StoreError('STORE_FAILED', `the queue of bundles: ${message}`, { cause });
  }
}

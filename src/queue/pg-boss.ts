/** The queue of bundles in PostgreSQL, kept by pg-boss 10: no other file knows of it. Loaded where a site has fetch workers. */
import type { Bundle } from '../model/round.js';
import type { BundleQueue } from '../ports/rounds.js';

const QUEUE = 'bundles';
/** A bundle whose worker ends goes to another, so often. */
const RETRIES = 5;
/** Seconds until a bundle that a worker had to leave is tried again. */
const LEFT_FOR = 2;
/** Seconds between two looks for bundles whose lease has ended. */
const LOOK_EVERY = 10;

export interface QueueOptions {
  readonly url: string;
  /** Of its own tables. */
  readonly schema: string;
  readonly onError: (error: Error) => void;
}

/** Runs a statement in the transaction of the caller. */
export type Execute = (sql: string, values: unknown[]) => Promise<{ rows: unknown[] }>;

export interface BundleSender {
  send(bundles: readonly Bundle[], leaseMs: number, execute: Execute): Promise<void>;
  close(): Promise<void>;
}

/** For the publisher: makes the queue where there is none, and looks after it. */
export async function createBundleSender(options: QueueOptions): Promise<BundleSender> {
  const boss = await startBoss(options, { migrate: true, supervise: true, maintenanceIntervalSeconds: LOOK_EVERY });
  await boss.createQueue(QUEUE, { name: QUEUE, policy: 'standard', retryLimit: RETRIES });
  return {
    send: (bundles, leaseMs, executeSql) => {
      const jobs = bundles.map((data) => ({ name: QUEUE, data, expireInSeconds: Math.ceil(leaseMs / 1000) }));
      return boss.insert(jobs, { db: { executeSql: executeSql as never } });
    },
    close: () => boss.stop({ graceful: false }),
  };
}

/** For a worker. Rejects where no publisher has made the queue yet. */
export async function openBundleQueue(options: QueueOptions): Promise<BundleQueue> {
  const boss = await startBoss(options, { migrate: false, supervise: false });
  return {
    take: async () => {
      const [job] = await boss.fetch<Bundle>(QUEUE);
      return job === undefined ? null : { id: job.id, bundle: job.data };
    },
    done: ({ id }) => boss.complete(QUEUE, id),
    fail: ({ id }) => boss.fail(QUEUE, id),
    leave: async ({ id, bundle }) => {
      await boss.send(QUEUE, bundle, { startAfter: LEFT_FOR });
      await boss.complete(QUEUE, id);
    },
    close: () => boss.stop({ graceful: false }),
  };
}

async function startBoss({ url, schema, onError }: QueueOptions, more: object) {
  const { default: PgBoss } = await import('pg-boss');
  const boss = new PgBoss({ connectionString: url, schema, max: 2, schedule: false, ...more });
  boss.on('error', onError); // else a restart of the database ends the process
  return await boss.start();
}

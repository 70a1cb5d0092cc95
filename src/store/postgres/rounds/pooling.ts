/** Finds a pool between us and the database that gives each transaction another session: locks and prepared statements belong to sessions. */
import type { Client } from 'pg';
import type { StoreSettings } from '../../../model/settings.js';
import { loadDriver } from '../connection.js';
import { postgresFailure } from '../failure.js';
import { placeOf } from '../place.js';

const TRIES = 3;

/** Statements in a connection to the pool. */
export interface PooledClient {
  /** Of the session that carries it out. */
  pid(): Promise<number>;
  begin(): Promise<void>;
  commit(): Promise<void>;
}

/** Rejects with StoreError. */
export async function isPooledByTransaction(settings: StoreSettings): Promise<boolean> {
  const place = placeOf(settings);
  const { Client } = await loadDriver();
  const clients = [place, place].map(
    ({ url }) => new Client({ connectionString: url, connectionTimeoutMillis: 10_000 }),
  );
  try {
    for (const client of clients) {
      client.on('error', () => {});
      await client.connect();
    }
    const [a, b] = clients.map(clientOf);
    return await changesSession(a!, b!);
  } catch (error) {
    throw postgresFailure(error, place);
  } finally {
    await Promise.all(clients.map((client) => client.end().catch(() => {})));
  }
}

/** Each holds a session in turn, while the other asks for one. */
export async function changesSession(a: PooledClient, b: PooledClient): Promise<boolean> {
  const seen = new Map<PooledClient, Set<number>>([
    [a, new Set()],
    [b, new Set()],
  ]);
  for (let i = 0; i < TRIES; i++)
    for (const [holds, asks] of [
      [a, b],
      [b, a],
    ] as const) {
      await holds.begin();
      for (const client of [holds, asks]) seen.get(client)!.add(await client.pid());
      await holds.commit();
    }
  return [...seen.values()].some((pids) => pids.size > 1);
}

/** Without prepared statements, which such a pool would lose. */
function clientOf(client: Client): PooledClient {
  return {
    pid: async () => (await client.query('SELECT pg_backend_pid() AS pid')).rows[0].pid,
    begin: async () => void (await client.query('BEGIN')),
    commit: async () => void (await client.query('COMMIT')),
  };
}

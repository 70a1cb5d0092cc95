/** Detects a connection pool that assigns sessions per transaction, which breaks locks and prepared statements. */
import type { StoreSettings } from '../../../model/settings.js';
import { loadPostgresDriver } from '../connection.js';
import { toPostgresError } from '../failure.js';
import { parsePostgresPlace } from '../place.js';

const TRIES = 3;

/** A connection to the pool, used without prepared statements. */
export interface PooledClient {
  query(sql: string): Promise<{ readonly rows: readonly { readonly pid?: number }[] }>;
}

/** Rejects with StoreError. */
export async function isPooledByTransaction(settings: StoreSettings): Promise<boolean> {
  const place = parsePostgresPlace(settings);
  const { Client } = await loadPostgresDriver();
  const clients = [place, place].map(
    ({ url }) => new Client({ connectionString: url, connectionTimeoutMillis: 10_000 }),
  );
  try {
    for (const client of clients) {
      client.on('error', () => {});
      await client.connect();
    }
    return await changesSession(clients[0]!, clients[1]!);
  } catch (error) {
    throw toPostgresError(error, place);
  } finally {
    await Promise.all(clients.map((client) => client.end().catch(() => {})));
  }
}

/** Each client holds a session in turn while the other requests one. */
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
      await holds.query('BEGIN');
      for (const client of [holds, asks]) {
        const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
        seen.get(client)!.add(rows[0]!.pid!);
      }
      await holds.query('COMMIT');
    }
  return [...seen.values()].some((pids) => pids.size > 1);
}

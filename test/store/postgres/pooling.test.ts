import { describe, expect, it } from 'vitest';
import {
  changesSession,
  isPooledByTransaction,
  type PooledClient,
} from '../../../src/store/postgres/rounds/pooling.js';
import { hasPostgres, usePostgres } from '../../support/postgres.js';

/** Simulates a pool by transaction: BEGIN takes the session that was returned last. */
function aPool(sessions: number[]): PooledClient {
  let mine: number | null = null;
  return {
    query: async (sql) => {
      if (sql === 'BEGIN') mine = sessions.pop()!;
      if (sql === 'COMMIT') {
        sessions.push(mine!);
        mine = null;
      }
      return { rows: [{ pid: mine ?? sessions.at(-1)! }] };
    },
  };
}

const aSession = (pid: number): PooledClient => ({ query: async () => ({ rows: [{ pid }] }) });

describe('a pool before the database', () => {
  it('is detected if it assigns a session per transaction', async () => {
    const sessions = [7, 8];
    expect(await changesSession(aPool(sessions), aPool(sessions))).toBe(true);
  });

  it('is accepted if it assigns a session per connection', async () => {
    expect(await changesSession(aSession(7), aSession(8))).toBe(false);
  });
});

describe.skipIf(!hasPostgres)('PostgreSQL itself', () => {
  const server = usePostgres();

  it('is not reported as a pool', async () => {
    expect(await isPooledByTransaction({ kind: 'postgres', path: null, url: server.url(), schema: 'x' })).toBe(false);
  });
});

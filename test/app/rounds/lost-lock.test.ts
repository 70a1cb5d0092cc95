/** A publisher that loses its lock during an upload, with a real database and object store. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openSink } from '../../../src/app/open-sink.js';
import { openStore } from '../../../src/app/open-store.js';
import type { PublishSettings } from '../../../src/model/settings.js';
import { PostgresConnection } from '../../../src/store/postgres/connection.js';
import { parsePostgresPlace } from '../../../src/store/postgres/place.js';
import { moto, type ObjectServer, readObjects, startMoto, TEST_CREDENTIALS } from '../../support/moto.js';
import { hasPostgres, usePostgres } from '../../support/postgres.js';

describe.skipIf(!hasPostgres || !moto.isHere)(`a publisher to a bucket (PostgreSQL; ${moto.how})`, () => {
  const server = usePostgres();
  let bucket: ObjectServer;
  beforeAll(async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', TEST_CREDENTIALS.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', TEST_CREDENTIALS.secretAccessKey);
    bucket = await startMoto();
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    return bucket.close();
  });

  it('replaces nothing after losing its connection and lock', async () => {
    const at = { kind: 'postgres', path: null, url: server.url(), schema: server.schema() };
    const s3 = await bucket.bucket();
    const store = await openStore(at, 'write');
    const sink = await openSink({ publish: { dir: '', s3 } as PublishSettings }, { memory: store });
    const publish = async (text: string) => {
      const edition = await sink.begin();
      for (const path of ['all.rss', 'manifest.json']) await edition.put({ path, bytes: text });
      return edition;
    };
    await (await publish('before')).commit([]);
    const edition = await publish('after');
    const other = await PostgresConnection.open(parsePostgresPlace(at), 'read');
    await other.all("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'");
    await other.close();
    await expect(edition.commit([])).rejects.toMatchObject({ code: 'STORE_FAILED' });
    const texts = [...(await readObjects(s3))].map(([path, { bytes }]) => [path, bytes.toString()]);
    expect(texts).toEqual([
      ['all.rss', 'before'],
      ['manifest.json', 'before'],
    ]);
    await store.close().catch(() => {});
  });
});

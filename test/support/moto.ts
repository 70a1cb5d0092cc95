/**
 * Starts a real S3 server on loopback: moto, Debian's python3-moto. If it is missing, the tests that need it are
 * skipped and their names say so.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { AwsClient } from 'aws4fetch';
import type { S3Settings } from '../../src/model/settings.js';

const candidates = ['python3', '/usr/bin/python3'];
const python = candidates.find((one) => spawnSync(one, ['-c', 'import moto.server'], { stdio: 'ignore' }).status === 0);

/** For `describe.skipIf`, and for the title of skipped tests. */
export const moto = {
  isHere: python !== undefined,
  how: 'needs moto: apt-get install python3-moto python3-flask-cors python3-yaml',
};

export interface ObjectServer {
  readonly endpoint: string;
  /** A new, empty bucket. */
  bucket(prefix?: string): Promise<S3Settings>;
  close(): Promise<void>;
}

/** moto takes any credentials. */
export const TEST_CREDENTIALS = { accessKeyId: 'an-access-key', secretAccessKey: 'a-secret-key', sessionToken: null };

const owner = new AwsClient({
  accessKeyId: TEST_CREDENTIALS.accessKeyId,
  secretAccessKey: TEST_CREDENTIALS.secretAccessKey,
  service: 's3',
  region: 'us-east-1',
});

export async function startMoto(): Promise<ObjectServer> {
  const server = spawn(python!, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const endpoint = await new Promise<string>((resolve, reject) => {
    let said = '';
    server.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const found = /Running on (http:\/\/127\.0\.0\.1:\d+)\s/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    server.once('exit', () => reject(new Error(`moto ended: ${said}`)));
  });
  let buckets = 0;
  return {
    endpoint,
    bucket: async (prefix = '') => {
      const bucket = `bucket-${++buckets}`;
      const created = await fetch(`${endpoint}/${bucket}`, { method: 'PUT' });
      if (created.status !== 200) throw new Error(`moto made no bucket: ${created.status}`);
      return { bucket, prefix, endpoint, region: 'us-east-1', conditional: true };
    },
    close: async () => {
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
    },
  };
}

/** The objects of a bucket as a reader gets them, by key. */
export async function readObjects({ endpoint, bucket }: S3Settings): Promise<Map<string, StoredObject>> {
  const keys: string[] = [];
  for (let token = ''; ; ) {
    const list = await owner.fetch(
      `${endpoint}/${bucket}?list-type=2${token && `&continuation-token=${encodeURIComponent(token)}`}`,
    );
    const page = await list.text();
    keys.push(...[...page.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => key!));
    token = /<NextContinuationToken>([^<]*)</.exec(page)?.[1] ?? '';
    if (token === '') break;
  }
  const found = new Map<string, StoredObject>();
  for (const key of keys) {
    const object = await owner.fetch(`${endpoint}/${bucket}/${key}`);
    found.set(key, {
      bytes: Buffer.from(await object.arrayBuffer()),
      type: object.headers.get('content-type'),
      cache: object.headers.get('cache-control'),
    });
  }
  return found;
}

export interface StoredObject {
  readonly bytes: Buffer;
  readonly type: string | null;
  readonly cache: string | null;
}

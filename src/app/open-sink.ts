/** Opens the publishing target: a folder or a bucket. */
import { PublishError } from '../model/errors.js';
import type { S3Settings, Settings } from '../model/settings.js';
import type { Sink } from '../ports/sink.js';
import type { Store } from '../ports/store/store.js';
import { createDirectorySink } from '../sink/directory.js';
import type { S3Credentials } from '../sink/s3/s3.js';

export interface OpenSinkOptions {
  /** The store with the record of the bucket, whose connection holds the publisher's lock; null: no record. */
  readonly memory: Store | null;
}

/** For one edition. Rejects with PublishError PUBLISH_FAILED if the environment lacks credentials for the bucket. */
export async function openSink(
  { publish: { dir, s3 } }: Pick<Settings, 'publish'>,
  { memory }: OpenSinkOptions,
): Promise<Sink> {
  if (s3 === undefined) return createDirectorySink(dir);
  const credentials = readCredentials(process.env, s3);
  const { createS3Sink } = await import('../sink/s3/s3.js');
  return await createS3Sink({
    settings: s3,
    credentials,
    memory,
    now: Date.now,
    ...(memory?.rounds !== undefined && { beforeRank: () => memory.sync() }),
  });
}

function readCredentials(env: Readonly<Record<string, string | undefined>>, { bucket }: S3Settings): S3Credentials {
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '', AWS_SESSION_TOKEN = '' } = env;
  const missing = Object.entries({ AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY }).flatMap(([name, value]) =>
    value === '' ? name : [],
  );
  if (missing.length > 0) {
    const message = `publish.s3: the bucket ${bucket} needs credentials: set ${missing.join(' and ')} in the environment`;
    throw new PublishError('PUBLISH_FAILED', message, { details: { reason: 'credentials' } });
  }
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    sessionToken: AWS_SESSION_TOKEN === '' ? null : AWS_SESSION_TOKEN,
  };
}

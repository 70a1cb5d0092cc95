/** Signed requests to an object store, with retries of temporary errors. */
import { setTimeout as sleep } from 'node:timers/promises';
import { PublishError } from '../../model/errors.js';
import { missingPackages } from '../../model/optional-packages.js';
import type { S3Settings } from '../../model/settings.js';

declare global {
  // DOM names used by aws4fetch's types.
  type HeadersInit = NonNullable<RequestInit['headers']>;
  type BodyInit = NonNullable<RequestInit['body']>;
}

export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | null;
}

export interface S3Request {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  /** Object key; empty: the bucket itself. */
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

export interface S3Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

export interface S3Patience {
  /** Timeout of one attempt, in milliseconds. */
  readonly timeoutMs: number;
  /** Milliseconds before the second attempt, doubled for each later one. */
  readonly waitMs: number;
  readonly attempts: number;
}

const PATIENCE: S3Patience = { timeoutMs: 60_000, waitMs: 250, attempts: 6 };

/** 409: conflict with another conditional write of the object. */
const RETRIED_STATUSES = new Set([408, 409, 429, 500, 502, 503, 504]);

export type S3Client = (request: S3Request) => Promise<S3Answer>;

/** Rejects with PublishError PUBLISH_FAILED after the last attempt. Errors never contain the credentials. */
export async function createS3Client(
  settings: S3Settings,
  credentials: S3Credentials,
  patience: S3Patience = PATIENCE,
): Promise<S3Client> {
  const { AwsClient } = await loadAws4fetch();
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const aws = new AwsClient({
    accessKeyId,
    secretAccessKey,
    ...(sessionToken !== null && { sessionToken }),
    service: 's3',
    region: settings.region,
  });
  const once = async (request: S3Request): Promise<S3Answer> => {
    const { method, headers = {}, body } = request;
    const signed = await aws.sign(buildUrl(settings, request), { method, headers, body: body ?? null });
    const signal = AbortSignal.timeout(patience.timeoutMs);
    const response = await fetch(signed, { signal, redirect: 'manual' });
    return {
      status: response.status,
      headers: response.headers,
      body: new Uint8Array(await response.arrayBuffer()),
    };
  };
  return async (request) => {
    for (let attempt = 1; ; attempt++) {
      const answer = await once(request).catch(connectionError);
      const isLast = attempt >= patience.attempts;
      if (answer instanceof Error) {
        if (isLast) throw unreachableError(settings, request, answer);
      } else if (isLast || !RETRIED_STATUSES.has(answer.status)) return answer;
      await sleep(patience.waitMs * 2 ** (attempt - 1));
    }
  };
}

async function loadAws4fetch(): Promise<typeof import('aws4fetch')> {
  try {
    return await import('aws4fetch');
  } catch (cause) {
    throw new PublishError('PUBLISH_FAILED', missingPackages('publish.s3', 'aws4fetch'), { cause });
  }
}

function buildUrl({ endpoint, bucket }: S3Settings, { key, query = {} }: S3Request): string {
  const path = [bucket, ...(key === '' ? [] : key.split('/'))].map(encodeURIComponent).join('/');
  const asked = new URLSearchParams(query).toString();
  return `${endpoint}/${path}${asked === '' ? '' : `?${asked}`}`;
}

function connectionError(error: unknown): Error {
  const isConnection = error instanceof Error && /^(?:TypeError|TimeoutError|AbortError)$/.test(error.name);
  if (isConnection && !(error instanceof TypeError && error.cause === undefined)) return error;
  throw error;
}

export function formatBucketAddress({ bucket, prefix }: S3Settings): string {
  return `s3://${bucket}/${prefix}`;
}

function unreachableError(settings: S3Settings, { method, key }: S3Request, error: Error): PublishError {
  const { code } = (error.cause ?? {}) as { readonly code?: unknown };
  const reason = typeof code === 'string' ? code : error.name === 'TimeoutError' ? 'timeout' : error.message;
  const message = `${formatBucketAddress(settings)}: cannot reach ${settings.endpoint} (${method} ${key}: ${reason})`;
  return new PublishError('PUBLISH_FAILED', message, { details: { reason, endpoint: settings.endpoint } });
}

/** An error for an unexpected response. Uses only its code, because the text of some errors repeats the access key. */
export function responseError(settings: S3Settings, { method, key }: S3Request, answer: S3Answer): PublishError {
  const code = /<Code>(\w+)<\/Code>/.exec(Buffer.from(answer.body).toString('utf8'))?.[1] ?? '';
  const said = `${answer.status}${code === '' ? '' : ` ${code}`}`;
  const advice = ADVICE[answer.status] ?? '';
  const message = `${formatBucketAddress(settings)}: ${method} ${key || settings.bucket} failed with ${said}${advice}`;
  return new PublishError('PUBLISH_FAILED', message, { details: { status: answer.status, reason: code } });
}

const ADVICE: Readonly<Record<number, string>> = {
  301: '; check publish.s3.region and endpoint',
  307: '; check publish.s3.region and endpoint',
  400: '; check publish.s3.region and endpoint',
  401: '; check the credentials in the environment',
  403: '; check the credentials in the environment and their permissions',
  404: '; check publish.s3.bucket and endpoint',
  501: '; if the store does not support conditional writes, set publish.s3.conditional: false',
};

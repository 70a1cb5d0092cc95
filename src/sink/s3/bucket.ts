/** Object operations in a bucket: list, look up, read, put, remove. */
import { createHash } from 'node:crypto';
import { decodeXML } from 'entities';
import type { S3Settings } from '../../model/settings.js';
import { contentDigest } from '../../text/digest.js';
import { responseError, type S3Answer, type S3Client, type S3Request } from './client.js';

export interface ListedObject {
  /** Bytes. */
  readonly size: number;
  readonly version: string;
}

interface SeenObject extends ListedObject {
  readonly digest: string;
}

interface Upload {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly digest: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly replaces: string | null;
}

export interface Bucket {
  list(): Promise<Map<string, ListedObject>>;
  look(path: string): Promise<SeenObject | null>;
  read(path: string): Promise<Uint8Array | null>;
  /** Resolves with the new version; null: the existing object is not the one to replace. */
  put(upload: Upload): Promise<string | null>;
  remove(path: string): Promise<void>;
}

/** Header with an object's digest, because an ETag need not be a hash of the bytes. */
const DIGEST = 'x-amz-meta-newsloom-digest';

export function createBucket(settings: S3Settings, send: S3Client): Bucket {
  const { prefix, conditional } = settings;
  const toObjectKey = (path: string) => `${prefix}${path}`;

  async function read(path: string): Promise<Uint8Array | null> {
    const request: S3Request = { method: 'GET', key: toObjectKey(path) };
    const answer = await send(request);
    if (answer.status === 200) return answer.body;
    // A missing bucket must not count as an empty one.
    if (answer.status === 404 && !isMissingBucket(answer)) return null;
    throw responseError(settings, request, answer);
  }

  async function look(path: string): Promise<SeenObject | null> {
    const request: S3Request = { method: 'HEAD', key: toObjectKey(path) };
    const answer = await send(request);
    if (answer.status === 404) return null;
    if (answer.status !== 200) throw responseError(settings, request, answer);
    const digest = answer.headers.get(DIGEST) ?? (await computeDigest(path));
    const size = Number(answer.headers.get('content-length') ?? 0);
    return digest === null ? null : { size, version: readVersion(answer), digest };
  }

  async function computeDigest(path: string): Promise<string | null> {
    const bytes = await read(path);
    return bytes === null ? null : contentDigest(bytes);
  }

  async function put({ path, bytes, digest, headers, replaces }: Upload): Promise<string | null> {
    const condition = replaces === null ? { 'if-none-match': '*' } : { 'if-match': `"${replaces}"` };
    const request: S3Request = {
      method: 'PUT',
      key: toObjectKey(path),
      headers: {
        ...headers,
        ...(conditional && condition),
        [DIGEST]: digest,
        'x-amz-content-sha256': createHash('sha256').update(bytes).digest('hex'),
      },
      body: bytes,
    };
    const answer = await send(request);
    if (answer.status === 200) return readVersion(answer);
    // 404: the object to replace is missing.
    if (answer.status === 412 || (answer.status === 404 && replaces !== null && !isMissingBucket(answer))) return null;
    throw responseError(settings, request, answer);
  }

  async function remove(path: string): Promise<void> {
    const request: S3Request = { method: 'DELETE', key: toObjectKey(path) };
    const answer = await send(request);
    if (![200, 204, 404].includes(answer.status)) throw responseError(settings, request, answer);
  }

  async function list(): Promise<Map<string, ListedObject>> {
    const found = new Map<string, ListedObject>();
    for (let token: string | null = ''; token !== null; ) {
      const query = { 'list-type': '2', 'encoding-type': 'url', prefix };
      const more = token === '' ? {} : { 'continuation-token': token };
      const request: S3Request = { method: 'GET', key: '', query: { ...query, ...more } };
      const answer = await send(request);
      if (answer.status !== 200) throw responseError(settings, request, answer);
      const page = Buffer.from(answer.body).toString('utf8');
      const isEncoded = readElement(page, 'EncodingType').toLowerCase() === 'url';
      for (const [, row = ''] of page.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g)) {
        const written = readElement(row, 'Key');
        // Some stores ignore `encoding-type` and return plain keys.
        const key = isEncoded ? decodeURIComponent(written.replaceAll('+', ' ')) : written;
        found.set(key.slice(prefix.length), {
          size: Number(readElement(row, 'Size')),
          version: withoutQuotes(readElement(row, 'ETag')),
        });
      }
      token = readElement(page, 'NextContinuationToken') || null;
    }
    return found;
  }

  return { list, look, read, put, remove };
}

function readElement(xml: string, element: string): string {
  return decodeXML(new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1] ?? '');
}

function readVersion({ headers }: S3Answer): string {
  return withoutQuotes(headers.get('etag') ?? '');
}

function withoutQuotes(etag: string): string {
  return etag.replace(/^W\//, '').replace(/^"|"$/g, '');
}

function isMissingBucket({ body }: S3Answer): boolean {
  return Buffer.from(body).includes('<Code>NoSuchBucket</Code>');
}

/** Serves the published folder over HTTP, with the media types and headers of docs/serving.md: for `preview` and the worker. */
import { type FileHandle, open } from 'node:fs/promises';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { cacheControl } from './caching.js';
import { type FileVersion, isCurrent, readsGzip } from './conditional.js';
import { listingPage } from './listing.js';
import { mediaTypeOf, PAGE_POLICY } from './media-type.js';
import { locateFile, publishedPath } from './published-path.js';

/** `dir` need not exist yet. */
export function folderHandler(dir: string): RequestListener {
  return (request, response) => {
    answerTo(dir, request)
      .catch((): ServedAnswer => errorAnswer(500, 'Something went wrong here.'))
      .then((found) => sendAnswer(request, response, found));
  };
}

interface ServedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

async function answerTo(dir: string, request: IncomingMessage): Promise<ServedAnswer> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return errorAnswer(405, 'Only GET and HEAD.', { allow: 'GET, HEAD' });
  }
  const path = publishedPath(request.url ?? '/');
  if (path === null) return errorAnswer(404, 'Not found.');
  if (path !== '') return (await fileAnswer(dir, path, request)) ?? errorAnswer(404, 'Not found.');
  return (await fileAnswer(dir, 'index.html', request)) ?? listing(dir);
}

async function fileAnswer(dir: string, path: string, request: IncomingMessage): Promise<ServedAnswer | null> {
  const place = await locateFile(dir, path);
  const file = place === null ? null : await open(place).catch(() => null);
  if (file === null) return null;
  try {
    return await openedAnswer(file, dir, path, request);
  } finally {
    await file.close();
  }
}

/** Size, date and bytes come from one file handle, so that they match even if the file is replaced meanwhile. */
async function openedAnswer(
  file: FileHandle,
  dir: string,
  path: string,
  request: IncomingMessage,
): Promise<ServedAnswer | null> {
  const found = await file.stat({ bigint: true });
  if (!found.isFile()) return null;
  const kind = mediaTypeOf(path);
  const version = { etag: `W/"${found.size.toString(36)}-${found.mtimeNs.toString(36)}"`, modifiedAt: found.mtime };
  const headers = {
    'content-type': kind.type,
    'cache-control': await cacheControl(dir, path),
    ...versionHeaders(version),
    ...(kind.policy === null ? {} : { 'content-security-policy': kind.policy }),
    ...(kind.compresses ? { vary: 'Accept-Encoding' } : {}),
  };
  if (isCurrent(request.headers, version)) return { status: 304, headers: withoutType(headers), body: '' };
  const bytes = await file.readFile();
  if (!kind.compresses || !readsGzip(request.headers)) return { status: 200, headers, body: bytes };
  return { status: 200, headers: { ...headers, 'content-encoding': 'gzip' }, body: await promisify(gzip)(bytes) };
}

function versionHeaders({ etag, modifiedAt }: FileVersion): { etag: string; 'last-modified': string } {
  return { etag, 'last-modified': modifiedAt.toUTCString() };
}

/** RFC 9110 15.4.5: a 304 repeats the caching headers and omits those that describe the body. */
function withoutType(headers: Record<string, string>): Record<string, string> {
  const { 'content-type': _, ...rest } = headers;
  return rest;
}

async function listing(dir: string): Promise<ServedAnswer> {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': PAGE_POLICY,
    'cache-control': 'no-cache',
  };
  return { status: 200, headers, body: await listingPage(dir) };
}

function errorAnswer(status: number, text: string, more: Record<string, string> = {}): ServedAnswer {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...more };
  return { status, headers, body: `${text}\n` };
}

function sendAnswer(request: IncomingMessage, response: ServerResponse, { status, headers, body }: ServedAnswer): void {
  const length: Record<string, number> = status === 304 ? {} : { 'content-length': Buffer.byteLength(body) };
  response.writeHead(status, { ...headers, 'x-content-type-options': 'nosniff', ...length });
  response.end(request.method === 'HEAD' || status === 304 ? undefined : body);
}

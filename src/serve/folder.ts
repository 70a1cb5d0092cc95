/** Serves the published folder over HTTP, with the media types and headers of docs/serving.md. */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createGzip, gzip } from 'node:zlib';
import { ELEMENT, SEEN } from '../model/embeds.js';
import type { Settings } from '../model/settings.js';
import { type AnnouncedFeeds, announcedFeeds, hubLink } from '../write/published/hub-link.js';
import { findMediaType, PAGE_POLICY, SCRIPTED_PAGE_POLICY } from '../write/published/media-type.js';
import { toCacheControl } from './caching.js';
import { acceptsGzip, type FileVersion, isCurrent } from './conditional.js';
import { MOST_CONNECTIONS } from './listen.js';
import { renderListing } from './listing.js';
import { readPublishedPaths } from './manifest.js';
import { locateFile, parseRequestTarget } from './published-path.js';

/** Bytes. Larger files are streamed, so that slow clients do not hold whole files in memory. */
const SMALL = 64 * 1024;
/** RFC 9110 10.2.3, in seconds. */
const SOON = '5';

/** Responses with an open file, over all folders of this process. */
let openFiles = 0;

export function createFolderHandler(folder: ServedFolder): RequestListener {
  return (request, response) => {
    answerRequest(folder, request)
      .catch((): ServedAnswer => createErrorAnswer(500, 'Internal server error.'))
      .then((found) => sendAnswer(request, response, found));
  };
}

export interface ServedFolder {
  /** May not exist yet. */
  readonly dir: string;
  /** null: the section has no hub. */
  readonly announced: AnnouncedFeeds | null;
  /** Path prefix of the published URLs, with a trailing slash. Files are also served below it. */
  readonly base: string;
  /** Sends `no-cache`, so that browsers always show the latest build. */
  readonly isPreview?: boolean;
}

/** The published folder of a section with a folder sink. */
export function toServedFolder(settings: Pick<Settings, 'site' | 'publish'>): ServedFolder {
  const { site, publish } = settings;
  return { dir: publish.dir, announced: announcedFeeds(settings), base: new URL(site.feedsUrl).pathname };
}

interface ServedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string | LargeBody;
}

/** `file` is closed after it is sent. */
interface LargeBody {
  readonly file: FileHandle;
  readonly size: number;
  readonly gzipped: boolean;
}

async function answerRequest(folder: ServedFolder, request: IncomingMessage): Promise<ServedAnswer> {
  if (!isReadRequest(request))
    return createErrorAnswer(405, 'Only GET and HEAD are allowed.', METHOD_NOT_ALLOWED_HEADERS);
  const target = request.url ?? '/';
  const published = await readPublishedPaths(folder.dir);
  for (const path of listCandidatePaths(target, folder.base)) {
    const found = await findFileAnswer(folder, path === '' ? 'index.html' : path, published, request);
    if (found !== null) return found;
    if (path === '') return createListing(published);
  }
  if (isBaseWithoutSlash(target, folder.base)) return createErrorAnswer(301, folder.base, { location: folder.base });
  const page = request.headers.accept?.includes('text/html') ? await findFileAnswer(folder, '404.html', published, request) : null; // biome-ignore format: one line
  return page?.status === 200 ? { ...page, status: 404 } : createErrorAnswer(404, 'Not found.');
}

/** The base takes precedence over a folder of the same name. */
function listCandidatePaths(target: string, base: string): string[] {
  const targets = target.startsWith(base) ? [target.slice(base.length - 1), target] : [target];
  return targets.map(parseRequestTarget).filter((path) => path !== null);
}

/** Relative links of the front page need the slash. */
function isBaseWithoutSlash(target: string, base: string): boolean {
  return `${target.split(/[?#]/, 1)[0]}/` === base;
}

/** Headers of a 405. Closes the connection, so that the request body is not read. */
export const METHOD_NOT_ALLOWED_HEADERS = { allow: 'GET, HEAD', connection: 'close' };

export function isReadRequest({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}

async function findFileAnswer(
  { dir, announced, isPreview = false }: ServedFolder,
  path: string,
  published: ReadonlySet<string>,
  request: IncomingMessage,
): Promise<ServedAnswer | null> {
  const place = published.has(path) ? await locateFile(dir, path) : null;
  if (place === null) return null;
  if (openFiles >= MOST_CONNECTIONS)
    return createErrorAnswer(503, 'Too many requests. Try again later.', { 'retry-after': SOON });
  openFiles++;
  // Does not block on a pipe or follow a link that has just replaced the file.
  const file = await open(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => null);
  const link = announced === null ? null : hubLink(path, announced);
  const more = {
    ...(isReadableAcrossOrigins(path, published) ? { 'access-control-allow-origin': '*' } : {}),
    ...(link === null ? {} : { link }),
    ...(isPreview ? { 'cache-control': 'no-cache' } : {}),
    ...(published.has(SEEN) && findMediaType(path).policy === PAGE_POLICY
      ? { 'content-security-policy': SCRIPTED_PAGE_POLICY }
      : {}),
  };
  const answer = file === null ? null : await readFileAnswer(file, dir, path, request, more).catch(() => null);
  if (answer !== null && isLarge(answer.body)) return answer;
  await file?.close();
  openFiles--;
  return answer;
}

/** If the section publishes the element, scripts of other sites may read its JSON feeds. */
function isReadableAcrossOrigins(path: string, published: ReadonlySet<string>): boolean {
  return path.endsWith('.json') && published.has(ELEMENT);
}

function isLarge(body: ServedAnswer['body']): body is LargeBody {
  return typeof body === 'object' && 'file' in body;
}

/** Reads size, date and bytes from one file handle, so that they match if the file is replaced meanwhile. */
async function readFileAnswer(
  file: FileHandle,
  dir: string,
  path: string,
  request: IncomingMessage,
  more: Readonly<Record<string, string>>,
): Promise<ServedAnswer | null> {
  const found = await file.stat({ bigint: true });
  if (!found.isFile()) return null;
  const kind = findMediaType(path);
  const version = { etag: `W/"${found.size.toString(36)}-${found.mtimeNs.toString(36)}"`, modifiedAt: found.mtime };
  const headers = {
    'content-type': kind.type,
    'cache-control': await toCacheControl(dir, path),
    ...buildVersionHeaders(version),
    ...(kind.policy === null ? {} : { 'content-security-policy': kind.policy }),
    ...more,
    ...(kind.compresses ? { vary: 'Accept-Encoding' } : {}),
  };
  if (isCurrent(request.headers, version)) return { status: 304, headers: omitContentType(headers), body: '' };
  const gzipped = kind.compresses && acceptsGzip(request.headers);
  const packed = gzipped ? { ...headers, 'content-encoding': 'gzip' } : headers;
  const size = Number(found.size);
  if (size > SMALL) return { status: 200, headers: packed, body: { file, size, gzipped } };
  const bytes = await file.readFile();
  return { status: 200, headers: packed, body: gzipped ? await promisify(gzip)(bytes) : bytes };
}

function buildVersionHeaders({ etag, modifiedAt }: FileVersion): { etag: string; 'last-modified': string } {
  return { etag, 'last-modified': modifiedAt.toUTCString() };
}

/** RFC 9110 15.4.5: a 304 repeats the caching headers without those that describe the body. */
function omitContentType(headers: Record<string, string>): Record<string, string> {
  const { 'content-type': _, ...rest } = headers;
  return rest;
}

function createListing(published: ReadonlySet<string>): ServedAnswer {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': PAGE_POLICY,
    'cache-control': 'no-cache',
  };
  return { status: 200, headers, body: renderListing(published) };
}

function createErrorAnswer(status: number, text: string, more: Record<string, string> = {}): ServedAnswer {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...more };
  return { status, headers, body: `${text}\n` };
}

function sendAnswer(request: IncomingMessage, response: ServerResponse, { status, headers, body }: ServedAnswer): void {
  const length = status === 304 ? null : getContentLength(body);
  response.writeHead(status, {
    ...headers,
    'x-content-type-options': 'nosniff',
    ...(length !== null && { 'content-length': length }),
  });
  if (isLarge(body)) void sendLarge(request, response, body);
  else response.end(request.method === 'HEAD' || status === 304 ? undefined : body);
}

/** null: unknown until the body is compressed. */
function getContentLength(body: ServedAnswer['body']): number | null {
  if (!isLarge(body)) return Buffer.byteLength(body);
  return body.gzipped ? null : body.size;
}

async function sendLarge(request: IncomingMessage, response: ServerResponse, body: LargeBody): Promise<void> {
  try {
    if (request.method === 'HEAD') response.end();
    else {
      const bytes = body.file.createReadStream({ end: body.size - 1, autoClose: false });
      await (body.gzipped ? pipeline(bytes, createGzip(), response) : pipeline(bytes, response));
    }
  } catch {
    // The client disconnected, or the file was truncated. Closing the connection reports the latter.
    response.destroy();
  } finally {
    await body.file.close();
    openFiles--;
  }
}

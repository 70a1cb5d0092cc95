/** The fetcher: performs one bounded GET with its redirects and returns a `FetchResult`. */
import { FetchError } from '../model/errors.js';
import type { FetchRequest, FetchResult, Hop, ResponseHeaders } from '../model/fetch.js';
import type { Fetcher, RoomForLarge } from '../ports/fetcher.js';
import { hideSecrets } from '../text/url/redact-url.js';
import type { Resolve } from './agents.js';
import { carriesDocument, deriveTimeouts, formatMegabytes, HttpClient, type Received } from './client.js';
import { startDeadline } from './deadline.js';
import { decodeBody } from './decode.js';
import { createFetchError, type FetchCode, toFetchError } from './errors.js';
import { fetchFile } from './file.js';
import { buildCommonHeaders, buildHopHeaders, readValidators, selectKeptHeaders } from './headers.js';
import { checkRequestUrl, createNotFollowedError, isRedirect, resolveRedirect, toBareUrl } from './hop.js';
import { IdleSockets } from './idle-sockets.js';
import { createStatusError, isChallenge } from './status.js';

export interface HttpFetcherOptions {
  /** Milliseconds for all hops together. */
  readonly timeoutMs: number;
  /** Limit for the body as transferred, and for the decoded body. */
  readonly maxBytes: number;
  /** Connections per origin. */
  readonly perHost: number;
  /** Requests at a time, of which twice as many idle connections are kept; missing: unknown. */
  readonly concurrency?: number;
  /** `newsloom/<version> (+<contact>)` */
  readonly userAgent: string;
  /** Overrides the address of hosts, such as `*.example` in the demo. Uses plain TCP without the address check. */
  readonly resolve?: Resolve;
  /** Called after each request with its duration in milliseconds. */
  readonly onFetched?: (ms: number, result: FetchResult) => void;
}

/** Fetches http, https and file URLs. Server errors are `failed` results, not exceptions. */
export function createHttpFetcher(options: HttpFetcherOptions): Fetcher {
  const resolve = options.resolve ?? null;
  const idle = new IdleSockets(options.concurrency && 2 * options.concurrency);
  const client = new HttpClient(options.perHost, resolve, idle, deriveTimeouts(options.timeoutMs));
  const context: FetchContext = { ...options, resolve, client, common: buildCommonHeaders(options.userAgent) };
  return {
    fetch: async (request, signal, room = async () => {}) => {
      const began = performance.now();
      const result = redactFailure(request, await fetchByScheme(context, request, signal, room));
      options.onFetched?.(performance.now() - began, result);
      return result;
    },
    close: async () => client.close(),
  };
}

async function fetchByScheme(
  context: FetchContext,
  request: FetchRequest,
  signal: AbortSignal,
  room: RoomForLarge,
): Promise<FetchResult> {
  if (!request.url.startsWith('file:')) return await fetchHttp(context, request, signal, room);
  if (!request.url.endsWith('/')) return await fetchFile(request, context.maxBytes, signal, room);
  const { fetchFolder } = await import('./folder.js');
  return await fetchFolder(request, signal);
}

/** Removes secrets: error messages are stored, reported and published. */
function redactFailure({ secrets = [] }: FetchRequest, result: FetchResult): FetchResult {
  if (result.kind !== 'failed' || secrets.length === 0) return result;
  const { code, message, cause, details } = result.error;
  const hidden = (value: unknown) => (typeof value === 'string' ? hideSecrets(value, secrets) : value);
  const said = Object.fromEntries(Object.entries(details).map(([key, value]) => [key, hidden(value)]));
  const error = new FetchError(code as FetchCode, hideSecrets(message, secrets), { cause, details: said });
  return { ...result, error };
}

interface FetchContext extends Omit<HttpFetcherOptions, 'resolve'> {
  readonly resolve: Resolve | null;
  readonly client: HttpClient;
  readonly common: Record<string, string>;
}

interface Progress {
  url: URL;
  hops: Hop[];
  status: number | null;
  headers: ResponseHeaders;
  wireBytes: number;
}

async function fetchHttp(
  context: FetchContext,
  request: FetchRequest,
  signal: AbortSignal,
  room: RoomForLarge,
): Promise<FetchResult> {
  signal.throwIfAborted();
  const url = toBareUrl(new URL(request.url));
  const progress: Progress = { url, hops: [], status: null, headers: {}, wireBytes: 0 };
  const deadline = startDeadline(context.timeoutMs, () => createDeadlineError(context.timeoutMs, progress), signal);
  const uncounted: RoomForLarge = (bytes) => deadline.waitFor(room(bytes));
  try {
    const received = await followRedirects(context, request, progress, deadline.signal, uncounted);
    return await toFetchResult(context, request, progress, received, uncounted);
  } catch (thrown) {
    signal.throwIfAborted();
    return createFailedFetch(progress, toFetchError(thrown, progress.url.href));
  } finally {
    deadline.clear();
  }
}

async function followRedirects(
  context: FetchContext,
  request: FetchRequest,
  progress: Progress,
  signal: AbortSignal,
  room: RoomForLarge,
): Promise<Received> {
  const seen: string[] = [];
  for (;;) {
    const { url } = progress;
    const refused = checkRequestUrl(url, request, context.resolve);
    if (refused !== null) throw refused;
    seen.push(url.href);
    const headers = buildHopHeaders(request, url, context.common);
    const maxBytes = limitBodyBytes(request, context);
    const part = request.file?.part ?? 'whole';
    const sent = { url, method: 'GET', wants: 'document', headers, body: null, maxBytes, part, room } as const;
    const received = await context.client.send(sent, request, signal);
    recordResponse(progress, received);
    if (!isRedirect(received.status)) return received;
    signal.throwIfAborted();
    const target = resolveRedirect(url, joinField(received.headers.location), seen);
    if (target instanceof Error) throw target;
    progress.hops.push({ status: received.status, from: url.href, to: target.href });
    progress.url = target;
    if (request.robots === true) throw checkRequestUrl(target, request, context.resolve) ?? createNotFollowedError(url);
  }
}

function limitBodyBytes({ file }: FetchRequest, { maxBytes }: Pick<FetchContext, 'maxBytes'>): number {
  return Math.min(maxBytes, file?.most ?? maxBytes);
}

function createDeadlineError(timeoutMs: number, progress: Progress): FetchError {
  const words = `did not send a complete response within ${timeoutMs / 1000} s (fetch.timeout)`;
  return createFetchError('FETCH_TIMEOUT', progress.url.href, words, 'total');
}

function recordResponse(progress: Progress, received: Received): void {
  progress.status = received.status;
  progress.headers = selectKeptHeaders(received.headers);
  progress.wireBytes += received.wireBytes;
}

async function toFetchResult(
  context: FetchContext,
  request: FetchRequest,
  progress: Progress,
  received: Received,
  room: RoomForLarge,
): Promise<FetchResult> {
  const { headers, hops, wireBytes } = progress;
  const { status } = received;
  const finalUrl = progress.url.href;
  const answer = { finalUrl, hops, status, headers, validators: readValidators(finalUrl, headers), wireBytes };
  if (status === 304)
    return request.validators?.url === finalUrl ? { kind: 'not-modified', ...answer } : createUnexpected304(progress);
  if (!carriesDocument(status, request.file?.part) || isChallenge(headers))
    return createFailedFetch(progress, createStatusError(finalUrl, status, headers));
  const encoding = joinField(received.headers['content-encoding']);
  const maxBytes = limitBodyBytes(request, context);
  const decoded = await decodeBody(received.body, encoding, maxBytes, room);
  if (decoded.kind !== 'decoded') return createFailedFetch(progress, createDecodingError(decoded, finalUrl, maxBytes));
  // RFC 3229 10.4.1: status 226 or the header IM marks a partial feed.
  const partial = status === 226 || /\bfeed\b/.test(headers.im ?? '');
  return { kind: 'fresh', ...answer, body: decoded.body, contentType: headers['content-type'] ?? null, partial };
}

function createUnexpected304(progress: Progress): FetchResult {
  const words = 'sent 304 to an unconditional request';
  return createFailedFetch(progress, createFetchError('FETCH_PROTOCOL', progress.url.href, words, 'unasked-304'));
}

function createDecodingError(
  decoded: Exclude<Awaited<ReturnType<typeof decodeBody>>, { kind: 'decoded' }>,
  url: string,
  maxBytes: number,
): FetchError {
  if (decoded.kind === 'too-large')
    return createFetchError(
      'FETCH_TOO_LARGE',
      url,
      `decompresses to more than ${formatMegabytes(maxBytes)} (fetch.maxBytes)`,
      'decoded',
    );
  const words =
    decoded.reason === 'unsupported'
      ? 'has an unrequested Content-Encoding'
      : 'cannot be decompressed: the data is corrupt';
  return createFetchError('FETCH_ENCODING', url, words, decoded.reason, decoded.cause);
}

function createFailedFetch(progress: Progress, error: FetchError): FetchResult {
  const { url, hops, status, headers, wireBytes } = progress;
  return { kind: 'failed', error, status, headers, hops, finalUrl: url.href, wireBytes };
}

function joinField(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(', ') : value;
}

/** Builds request headers and selects the response headers to keep. */
import zlib from 'node:zlib';
import type { FetchRequest, FileRequest, ResponseHeaders } from '../model/fetch.js';
import type { Validators } from '../model/source.js';

/** RFC 9110 12.5.1. Includes a wildcard because some servers answer 406 without one. */
const ACCEPT =
  'application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1';

/** RFC 9110 12.5.3: codings that this runtime supports. */
const ACCEPT_ENCODING = 'createZstdDecompress' in zlib ? 'gzip, br, zstd' : 'gzip, br';

/** Headers that the config cannot set. */
const OURS = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'if-none-match',
  'if-modified-since',
  'accept-encoding',
]);

const KEPT = [
  'age',
  'cache-control',
  'cf-mitigated',
  'content-language',
  'content-type',
  'date',
  'etag',
  'expires',
  'im',
  'last-modified',
  'link',
  'retry-after',
  'server',
  'tdm-policy',
  'tdm-reservation',
  'x-datadome',
  'x-iinfo',
  'x-robots-tag',
  'x-sucuri-id',
] as const;

const LONGEST_VALIDATOR = 2048;

/** Sends no cookies and no referrer. */
export function buildCommonHeaders(userAgent: string): Record<string, string> {
  return { 'user-agent': userAgent, accept: ACCEPT, 'accept-encoding': ACCEPT_ENCODING };
}

/** Headers for one hop. Sends the source's headers and credentials only to the origin of the source's URL. */
export function buildHopHeaders(
  request: FetchRequest,
  url: URL,
  common: Record<string, string>,
): Record<string, string> {
  const own = new URL(request.url);
  return {
    ...common,
    ...(request.accept !== undefined && { accept: request.accept }),
    ...(url.origin === own.origin ? buildSourceHeaders(request, own) : {}),
    ...buildConditionalHeaders(request.validators, url.href),
    ...buildFileHeaders(request.file),
  };
}

/** Requests no compression: images are compressed already, and a partial body cannot be decompressed. */
function buildFileHeaders(file: FileRequest | undefined): Record<string, string> {
  if (file === undefined) return {};
  const { accept, most, part } = file;
  const headers = { accept, 'accept-encoding': 'identity' };
  return part === 'whole' ? headers : { ...headers, range: `bytes=0-${most - 1}` };
}

/** RFC 9110 13.1.3: servers ignore If-Modified-Since if If-None-Match is present, but old servers need it. A-IM: RFC 3229. */
function buildConditionalHeaders(validators: Validators | null, url: string): Record<string, string> {
  if (validators === null || validators.url !== url) return {};
  const headers: Record<string, string> = {};
  if (validators.etag !== null) headers['if-none-match'] = validators.etag;
  if (validators.lastModified !== null) headers['if-modified-since'] = validators.lastModified;
  if (validators.etag !== null) headers['a-im'] = 'feed';
  return headers;
}

function buildSourceHeaders(request: FetchRequest, url: URL): Record<string, string> {
  const headers: Record<string, string> = {};
  if (url.username !== '' || url.password !== '') headers.authorization = encodeBasicCredentials(url);
  for (const [name, value] of Object.entries(request.headers)) {
    if (!OURS.has(name.toLowerCase())) headers[name.toLowerCase()] = value;
  }
  return headers;
}

/** RFC 7617, from the user name and password in the URL. */
export function encodeBasicCredentials(url: URL): string {
  return `Basic ${Buffer.from(`${decode(url.username)}:${decode(url.password)}`).toString('base64')}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Joins repeated fields (RFC 9110 5.3). */
export function selectKeptHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): ResponseHeaders {
  const kept: Record<string, string> = {};
  for (const name of KEPT) {
    const value = headers[name];
    if (value !== undefined) kept[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return kept;
}

export function readValidators(url: string, headers: ResponseHeaders): Validators {
  return { url, etag: toSendableValue(headers.etag), lastModified: toSendableValue(headers['last-modified']) };
}

/** Returns null unless it is a valid field value (RFC 9110 5.5) of acceptable length. */
function toSendableValue(value: string | undefined): string | null {
  return value !== undefined && value.length <= LONGEST_VALIDATOR && /^[\t\x20-\x7e\x80-\xff]+$/.test(value)
    ? value
    : null;
}

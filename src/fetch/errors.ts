/** Maps error codes of Node and zlib to our error codes and messages. */
import { FetchError } from '../model/errors.js';
import { redactUrl } from '../text/url/redact-url.js';

export type FetchCode = ConstructorParameters<typeof FetchError>[0];

interface Row {
  readonly match: RegExp;
  readonly code: FetchCode;
  /** Text after "could not be fetched: ". */
  readonly words: string;
  readonly reason: string;
}

/** The first row that matches the error code applies. */
const ROWS: readonly Row[] = [
  {
    match: /^CONNECT_TIMEOUT$|^ETIMEDOUT$/,
    code: 'FETCH_TIMEOUT',
    words: 'connection timed out',
    reason: 'connect',
  },
  {
    match: /^HEADERS_TIMEOUT$/,
    code: 'FETCH_TIMEOUT',
    words: 'no response headers in time; raise fetch.timeout if the server is slow',
    reason: 'headers',
  },
  {
    match: /^BODY_TIMEOUT$/,
    code: 'FETCH_TIMEOUT',
    words: 'the server stopped sending data; raise fetch.timeout if the server is slow',
    reason: 'idle',
  },
  {
    match: /^HPE_HEADER_OVERFLOW$/,
    code: 'FETCH_PROTOCOL',
    words: 'response headers are too large',
    reason: 'headers-overflow',
  },
  {
    match: /^HPE_INVALID_EOF_STATE$/,
    code: 'FETCH_NETWORK',
    words: 'the response ended early',
    reason: 'cut-off',
  },
  {
    match: /^HPE_/,
    code: 'FETCH_PROTOCOL',
    words: 'the server does not send valid HTTP',
    reason: 'not-http',
  },
  {
    match: /^ETIMEOUT$|^ESERVFAIL$|^ECANCELLED$/,
    code: 'FETCH_DNS',
    words: 'the DNS servers do not respond',
    reason: 'dns-silent',
  },
  { match: /^ENOTFOUND$|^EAI_|^ENODATA$/, code: 'FETCH_DNS', words: 'unknown host name', reason: 'dns' },
  {
    match: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    code: 'FETCH_TLS',
    words: 'the certificate is for another host',
    reason: 'wrong-host',
  },
  { match: /^CERT_HAS_EXPIRED$/, code: 'FETCH_TLS', words: 'the certificate has expired', reason: 'expired' },
  {
    match: /SELF_SIGNED/,
    code: 'FETCH_TLS',
    words: 'the certificate is not signed by a trusted authority',
    reason: 'self-signed',
  },
  {
    match: /^UNABLE_TO_|^CERT_|^CRL_|^ERR_TLS_|^ERR_SSL_|^EPROTO$|^INVALID_CA$|^HOSTNAME_MISMATCH$/,
    code: 'FETCH_TLS',
    words: 'the TLS connection failed',
    reason: 'tls',
  },
  {
    match: /^ERR_INVALID_CHAR$|^ERR_INVALID_HTTP_TOKEN$|^ERR_HTTP_INVALID_HEADER_VALUE$/,
    code: 'FETCH_PROTOCOL',
    words: 'invalid request header; check headers of the source',
    reason: 'bad-header',
  },
  { match: /^ECONNREFUSED$/, code: 'FETCH_NETWORK', words: 'the server refused the connection', reason: 'refused' },
  {
    match: /^EHOSTUNREACH$|^ENETUNREACH$|^EADDRNOTAVAIL$|^ENETDOWN$|^EHOSTDOWN$/,
    code: 'FETCH_NETWORK',
    words: 'the server is unreachable',
    reason: 'unreachable',
  },
  { match: /^EMFILE$|^ENFILE$/, code: 'FETCH_NETWORK', words: 'too many open files on this machine', reason: 'files' },
  {
    match: /^ECONNRESET$|^EPIPE$|^ECONNABORTED$/,
    code: 'FETCH_NETWORK',
    words: 'the connection was closed',
    reason: 'reset',
  },
];

const UNKNOWN: Row = { match: /./, code: 'FETCH_NETWORK', words: 'the connection failed', reason: 'unknown' };

export const PRIVATE_ADDRESS_MESSAGE =
  'is in a private network. To allow it, set "allowPrivateAddresses: true" for the source (sources add: --allow-private)';

export function createFault(code: string, words: string): Error {
  return Object.assign(new Error(words), { code });
}

export function createFetchError(
  code: FetchCode,
  url: string,
  words: string,
  reason: string,
  cause?: unknown,
): FetchError {
  return new FetchError(code, `${redactUrl(url)} ${words}`, { cause, details: { reason, url: redactUrl(url) } });
}

/** Converts an exception from fetching `url`. Returns a FetchError unchanged. Uses the first of several connection errors. */
export function toFetchError(thrown: unknown, url: string): FetchError {
  if (thrown instanceof FetchError) return thrown;
  // Node tries all addresses of a host, then throws an AggregateError (RFC 8305).
  const error = thrown instanceof AggregateError && thrown.errors.length > 0 ? thrown.errors[0] : thrown;
  const row = findErrorRow(error);
  return createFetchError(row.code, url, `could not be fetched: ${row.words}`, row.reason, thrown);
}

function findErrorRow(error: unknown): Row {
  if (!(error instanceof Error)) return UNKNOWN;
  if (/proxy/i.test(error.message)) return { ...UNKNOWN, words: 'the proxy refused the connection', reason: 'proxy' };
  const code = 'code' in error ? String(error.code) : '';
  return ROWS.find((row) => row.match.test(code)) ?? UNKNOWN;
}

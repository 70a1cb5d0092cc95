/** A table from error codes of Node and zlib to our codes and messages for the editor. */
import { FetchError } from '../model/errors.js';
import { redactUrl } from '../text/url/redact-url.js';

export type FetchCode = ConstructorParameters<typeof FetchError>[0];

interface Row {
  readonly match: RegExp;
  readonly code: FetchCode;
  /** Continues "could not be fetched: ". */
  readonly words: string;
  readonly reason: string;
}

/** The first row that matches the error's code counts. */
const ROWS: readonly Row[] = [
  {
    match: /^CONNECT_TIMEOUT$|^ETIMEDOUT$/,
    code: 'FETCH_TIMEOUT',
    words: 'the server did not accept a connection in time',
    reason: 'connect',
  },
  {
    match: /^HEADERS_TIMEOUT$/,
    code: 'FETCH_TIMEOUT',
    words: 'the server did not begin to answer in time (fetch.timeout)',
    reason: 'headers',
  },
  {
    match: /^BODY_TIMEOUT$/,
    code: 'FETCH_TIMEOUT',
    words: 'the server stopped sending in the middle (fetch.timeout)',
    reason: 'idle',
  },
  {
    match: /^HPE_HEADER_OVERFLOW$/,
    code: 'FETCH_PROTOCOL',
    words: 'its headers never end',
    reason: 'headers-overflow',
  },
  {
    match: /^HPE_INVALID_EOF_STATE$/,
    code: 'FETCH_NETWORK',
    words: 'the answer broke off before its end',
    reason: 'cut-off',
  },
  {
    match: /^HPE_/,
    code: 'FETCH_PROTOCOL',
    words: 'what answers there does not speak correct HTTP',
    reason: 'not-http',
  },
  {
    match: /^ETIMEOUT$|^ESERVFAIL$|^ECANCELLED$/,
    code: 'FETCH_DNS',
    words: 'its name servers do not answer',
    reason: 'dns-silent',
  },
  { match: /^ENOTFOUND$|^EAI_|^ENODATA$/, code: 'FETCH_DNS', words: 'its host name is not known', reason: 'dns' },
  {
    match: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    code: 'FETCH_TLS',
    words: 'its certificate belongs to another host',
    reason: 'wrong-host',
  },
  { match: /^CERT_HAS_EXPIRED$/, code: 'FETCH_TLS', words: 'its certificate has expired', reason: 'expired' },
  {
    match: /SELF_SIGNED/,
    code: 'FETCH_TLS',
    words: 'its certificate is signed by nobody known',
    reason: 'self-signed',
  },
  {
    match: /^UNABLE_TO_|^CERT_|^CRL_|^ERR_TLS_|^ERR_SSL_|^EPROTO$|^INVALID_CA$|^HOSTNAME_MISMATCH$/,
    code: 'FETCH_TLS',
    words: 'no secure connection could be made',
    reason: 'tls',
  },
  {
    match: /^ERR_INVALID_CHAR$|^ERR_INVALID_HTTP_TOKEN$|^ERR_HTTP_INVALID_HEADER_VALUE$/,
    code: 'FETCH_PROTOCOL',
    words: 'a header that is configured for it cannot be sent',
    reason: 'bad-header',
  },
  { match: /^ECONNREFUSED$/, code: 'FETCH_NETWORK', words: 'the server refused the connection', reason: 'refused' },
  {
    match: /^EHOSTUNREACH$|^ENETUNREACH$|^EADDRNOTAVAIL$|^ENETDOWN$|^EHOSTDOWN$/,
    code: 'FETCH_NETWORK',
    words: 'the server cannot be reached',
    reason: 'unreachable',
  },
  { match: /^EMFILE$|^ENFILE$/, code: 'FETCH_NETWORK', words: 'this machine has too many files open', reason: 'files' },
  {
    match: /^ECONNRESET$|^EPIPE$|^ECONNABORTED$/,
    code: 'FETCH_NETWORK',
    words: 'the connection broke',
    reason: 'reset',
  },
];

const UNKNOWN: Row = { match: /./, code: 'FETCH_NETWORK', words: 'the connection failed', reason: 'unknown' };

export const PRIVATE_WORDS =
  'leads into a private network; if that is meant, give the source "allowPrivateAddresses: true" (sources add: --allow-private)';

/** An error for a connection that we end ourselves; its code matches a row of the table. */
export function fault(code: string, words: string): Error {
  return Object.assign(new Error(words), { code });
}

/** A FetchError with the message "<redacted address> <words>". */
export function fetchError(code: FetchCode, url: string, words: string, reason: string, cause?: unknown): FetchError {
  return new FetchError(code, `${redactUrl(url)} ${words}`, { cause, details: { reason, url: redactUrl(url) } });
}

/** Converts anything thrown while fetching `url`. A FetchError is returned unchanged; of several connection attempts the first counts. */
export function asFetchError(thrown: unknown, url: string): FetchError {
  if (thrown instanceof FetchError) return thrown;
  const error = firstOf(thrown);
  const row = rowOf(error);
  return fetchError(row.code, url, `could not be fetched: ${row.words}`, row.reason, thrown);
}

/** Node tries all addresses of a host, then throws an AggregateError (RFC 8305). */
function firstOf(thrown: unknown): unknown {
  return thrown instanceof AggregateError && thrown.errors.length > 0 ? thrown.errors[0] : thrown;
}

function rowOf(error: unknown): Row {
  if (!(error instanceof Error)) return UNKNOWN;
  if (/proxy/i.test(error.message)) return { ...UNKNOWN, words: 'its proxy did not let us through', reason: 'proxy' };
  const code = 'code' in error ? String(error.code) : '';
  return ROWS.find((row) => row.match.test(code)) ?? UNKNOWN;
}

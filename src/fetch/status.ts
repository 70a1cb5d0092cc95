/** Classifies responses without a document (blocked, rate-limited, server error) and builds their messages. */
import type { FetchError } from '../model/errors.js';
import type { ResponseHeaders } from '../model/fetch.js';
import { createFetchError } from './errors.js';

const WORDS: Readonly<Record<number, string>> = {
  400: 'bad request',
  401: 'it requires a password or key',
  402: 'it requires payment',
  403: 'access is forbidden',
  404: 'there is no feed at this URL',
  406: 'no acceptable format',
  410: 'the feed has been removed permanently',
  451: 'unavailable for legal reasons',
  500: 'server error',
  502: 'server error',
  504: 'server error',
};

/** `cf-mitigated: challenge`: a browser check replaces the feed, with any status. */
export function isChallenge(headers: ResponseHeaders): boolean {
  return headers['cf-mitigated'] === 'challenge';
}

export function createStatusError(url: string, status: number, headers: ResponseHeaders): FetchError {
  if (isBlocked(status, headers)) {
    const words = `answered ${status} with a web page: the site blocks this machine's IP address (common for data centres)`;
    return createFetchError('FETCH_BLOCKED', url, words, isChallenge(headers) ? 'challenge' : 'page');
  }
  if (status === 429) return createFetchError('FETCH_RATE_LIMITED', url, 'answered 429: too many requests', 'too-many');
  if (status === 503)
    return createFetchError('FETCH_RATE_LIMITED', url, 'answered 503: temporarily unavailable', 'unavailable');
  const words = WORDS[status] ?? (status < 500 ? 'request refused' : 'server error');
  return createFetchError('FETCH_STATUS', url, `answered ${status}: ${words}`, String(status));
}

/** Returns whether a web page replaces the feed. A 429 or 503 with Retry-After is rate limiting instead. */
function isBlocked(status: number, headers: ResponseHeaders): boolean {
  if (isChallenge(headers)) return true;
  const html = /^\s*(?:text\/html|application\/xhtml)/i.test(headers['content-type'] ?? '');
  return html && (status === 403 || ((status === 429 || status === 503) && headers['retry-after'] === undefined));
}

/** Classifies responses without a document: blocked, rate-limited or server error, with messages for the editor. */
import type { FetchError } from '../model/errors.js';
import type { ResponseHeaders } from '../model/fetch.js';
import { fetchError } from './errors.js';

const WORDS: Readonly<Record<number, string>> = {
  400: 'the server does not understand the request',
  401: 'it wants a password or a key',
  402: 'it wants to be paid',
  403: 'it is closed to us',
  404: 'there is no feed at this address',
  406: 'the server has no form of it that we can read',
  410: 'the feed was taken down for good',
  451: 'it is withheld for legal reasons',
  500: 'the server has a fault',
  502: 'the server has a fault',
  504: 'the server has a fault',
};

/** `cf-mitigated: challenge`: a browser check replaces the feed, whatever the status. */
export function isChallenge(headers: ResponseHeaders): boolean {
  return headers['cf-mitigated'] === 'challenge';
}

export function statusError(url: string, status: number, headers: ResponseHeaders): FetchError {
  if (isBlocked(status, headers)) {
    const words = `answered ${status} with a web page: the site refuses this address (usual for machines in a data centre)`;
    return fetchError('FETCH_BLOCKED', url, words, isChallenge(headers) ? 'challenge' : 'page');
  }
  if (status === 429) return fetchError('FETCH_RATE_LIMITED', url, 'answered 429: it was asked too often', 'too-many');
  if (status === 503)
    return fetchError('FETCH_RATE_LIMITED', url, 'answered 503: it is overloaded or closed for now', 'unavailable');
  const words = WORDS[status] ?? (status < 500 ? 'it refuses the request' : 'the server has a fault');
  return fetchError('FETCH_STATUS', url, `answered ${status}: ${words}`, String(status));
}

/** A web page instead of a feed; but a 429 or 503 with Retry-After is a rate limiter. */
function isBlocked(status: number, headers: ResponseHeaders): boolean {
  if (isChallenge(headers)) return true;
  const html = /^\s*(?:text\/html|application\/xhtml)/i.test(headers['content-type'] ?? '');
  return html && (status === 403 || ((status === 429 || status === 503) && headers['retry-after'] === undefined));
}

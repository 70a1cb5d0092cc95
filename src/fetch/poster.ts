/** Sends POST requests with the address checks of the fetcher. It does not follow redirects: configure the new URL instead. */
import { createPlainRequest } from '../model/fetch.js';
import type { Poster } from '../ports/fetcher.js';
import { HttpClient } from './client.js';
import { startDeadline } from './deadline.js';
import { createFetchError, toFetchError } from './errors.js';
import { encodeBasicCredentials } from './headers.js';
import { checkRequestUrl, toBareUrl } from './hop.js';
import type { HttpFetcherOptions } from './http.js';

const CONNECTIONS = 4;
/** Bytes of a response that are read. */
const MOST_ANSWERED = 64 * 1024;

export type PosterOptions = Pick<HttpFetcherOptions, 'timeoutMs' | 'userAgent' | 'resolve'>;

export function createPoster(options: PosterOptions): Poster {
  const resolve = options.resolve ?? null;
  const client = new HttpClient(CONNECTIONS, resolve);
  return {
    send: async ({ method, url: address, headers, body, allowPrivateAddresses }, signal) => {
      signal.throwIfAborted();
      const given = new URL(address);
      const url = toBareUrl(given);
      const request = createPlainRequest(address, { allowPrivateAddresses });
      const refused = checkRequestUrl(url, request, resolve);
      if (refused !== null) throw refused;
      const late = () => createFetchError('FETCH_TIMEOUT', url.href, 'did not respond in time', 'total');
      const deadline = startDeadline(options.timeoutMs, late, signal);
      const sent = {
        url,
        method,
        wants: 'any',
        // Closes the connection: a POST lost on a reused one must not be retried automatically (RFC 9110 9.2.2).
        headers: { 'user-agent': options.userAgent, connection: 'close', ...buildAuthorization(given), ...headers },
        body,
        maxBytes: MOST_ANSWERED,
        room: async () => {},
      } as const;
      try {
        const answer = await client.send(sent, request, deadline.signal);
        return {
          status: answer.status,
          headers: joinHeaders(answer.headers),
          body: Buffer.from(answer.body).toString('utf8'),
        };
      } catch (thrown) {
        signal.throwIfAborted();
        throw toFetchError(thrown, url.href);
      } finally {
        deadline.clear();
      }
    },
    close: async () => client.close(),
  };
}

function buildAuthorization(url: URL): Record<string, string> {
  return url.username === '' && url.password === '' ? {} : { authorization: encodeBasicCredentials(url) };
}

function joinHeaders(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, [value].flat().join(', ')]],
  );
  return Object.fromEntries(pairs);
}

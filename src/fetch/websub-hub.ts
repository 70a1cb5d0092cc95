/** Notifies a WebSub hub of changed feeds: one POST per feed, with the same address checks as for fetching. */
import type { FetchRequest } from '../model/fetch.js';
import type { Hub } from '../ports/fetcher.js';
import type { Resolve } from './agents.js';
import { HttpClient } from './client.js';
import { startDeadline } from './deadline.js';
import { asFetchError, fetchError } from './errors.js';
import { keptHeaders } from './headers.js';
import { bareUrl, whyForbidden } from './hop.js';
import { statusError } from './status.js';

const CONNECTIONS = 4;

export interface HubOptions {
  /** Milliseconds per POST. */
  readonly timeoutMs: number;
  readonly allowPrivateAddresses: boolean;
  readonly userAgent: string;
  /** As for the fetcher. */
  readonly resolve?: Resolve;
}

/** Redirects are not followed: the editor should configure the new address of a hub. */
export function createHub(options: HubOptions): Hub {
  const resolve = options.resolve ?? null;
  const client = new HttpClient(CONNECTIONS, resolve);
  return {
    publish: async (hubUrl, feedUrl, signal) => {
      signal.throwIfAborted();
      const url = bareUrl(new URL(hubUrl));
      const { allowPrivateAddresses } = options;
      const request: FetchRequest = { url: hubUrl, validators: null, headers: {}, proxy: null, allowPrivateAddresses };
      const refused = whyForbidden(url, request, resolve);
      if (refused !== null) throw refused;
      const late = () => fetchError('FETCH_TIMEOUT', url.href, 'did not answer in time', 'total');
      const deadline = startDeadline(options.timeoutMs, late, signal);
      try {
        const post = publishPost(url, feedUrl, options.userAgent);
        const { status, headers } = await client.send(post, request, deadline.signal);
        if (status < 200 || status > 299) throw statusError(url.href, status, keptHeaders(headers));
      } catch (thrown) {
        signal.throwIfAborted();
        throw asFetchError(thrown, url.href);
      } finally {
        deadline.clear();
      }
    },
    close: async () => client.close(),
  };
}

/** PubSubHubbub 0.4 section 7, still supported by WebSub hubs: `hub.mode=publish` and the topic as `hub.url`. */
function publishPost(url: URL, feedUrl: string, userAgent: string) {
  const headers = { 'user-agent': userAgent, 'content-type': 'application/x-www-form-urlencoded' };
  const body = new URLSearchParams({ 'hub.mode': 'publish', 'hub.url': feedUrl }).toString();
  return { url, method: 'POST', headers, body, maxBytes: 0, room: async () => {} } as const;
}

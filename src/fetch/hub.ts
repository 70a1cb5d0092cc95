/** Telling a WebSub hub that feeds are new: one form post a feed, under the same rules of where we may connect as reading. */
import type { FetchRequest } from '../model/fetch.js';
import type { Hub } from '../ports/fetcher.js';
import type { Resolve } from './connector.js';
import { startDeadline } from './deadline.js';
import type { Dispatcher } from './dispatcher.js';
import { createDispatchers } from './dispatchers.js';
import { asFetchError, fetchError } from './errors.js';
import { keptHeaders } from './headers.js';
import { bareUrl, refusal } from './hop.js';
import { post } from './receive.js';
import { statusError } from './status.js';

const CONNECTIONS = 4;

export interface HubOptions {
  /** Milliseconds, for each post. */
  readonly timeoutMs: number;
  readonly allowPrivateAddresses: boolean;
  readonly userAgent: string;
  /** As for the fetcher: hosts that stand in for others. */
  readonly resolve?: Resolve;
}

/** Redirects are not followed: a hub that moved is the editor's to know. */
export function createHub(options: HubOptions): Hub {
  const dispatchers = createDispatchers(CONNECTIONS, options.resolve ?? null);
  return {
    publish: async (hubUrl, feedUrl, signal) => {
      signal.throwIfAborted();
      const url = bareUrl(new URL(hubUrl));
      const request = plainRequest(hubUrl, options.allowPrivateAddresses);
      const refused = refusal(url, request, options.resolve ?? null);
      if (refused !== null) throw refused;
      const late = () => fetchError('FETCH_TIMEOUT', url.href, 'did not answer in time', 'total');
      const deadline = startDeadline(options.timeoutMs, late, signal);
      try {
        await tell(url, feedUrl, { dispatcher: dispatchers.for(request), signal: deadline.signal, ...options });
      } catch (thrown) {
        signal.throwIfAborted();
        throw asFetchError(thrown, url.href);
      } finally {
        deadline.clear();
      }
    },
    close: () => dispatchers.close(),
  };
}

interface Means {
  readonly dispatcher: Dispatcher;
  readonly signal: AbortSignal;
  readonly userAgent: string;
}

/** PubSubHubbub 0.4 section 7, which hubs of WebSub still take: `hub.mode=publish` and the topic as `hub.url`. */
async function tell(hub: URL, feedUrl: string, { dispatcher, signal, userAgent }: Means): Promise<void> {
  const sent = {
    headers: { 'user-agent': userAgent, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ 'hub.mode': 'publish', 'hub.url': feedUrl }).toString(),
  };
  const { status, headers } = await post(dispatcher, hub, sent, signal);
  if (status < 200 || status > 299) throw statusError(hub.href, status, keptHeaders(headers));
}

function plainRequest(url: string, allowPrivateAddresses: boolean): FetchRequest {
  return { url, validators: null, headers: {}, proxy: null, allowPrivateAddresses };
}

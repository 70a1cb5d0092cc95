/** Notifies a WebSub hub of changed feeds: one POST per feed. */
import type { Hub } from '../ports/fetcher.js';
import { selectKeptHeaders } from './headers.js';
import { toBareUrl } from './hop.js';
import { createPoster, type PosterOptions } from './poster.js';
import { createStatusError } from './status.js';

export interface HubOptions extends PosterOptions {
  readonly allowPrivateAddresses: boolean;
}

export function createHub(options: HubOptions): Hub {
  const poster = createPoster(options);
  const { allowPrivateAddresses } = options;
  return {
    publish: async (hubUrl, feedUrl, signal) => {
      const post = { method: 'POST', ...buildPublishPost(feedUrl), url: hubUrl, allowPrivateAddresses } as const;
      const { status, headers } = await poster.send(post, signal);
      if (status < 200 || status > 299)
        throw createStatusError(toBareUrl(new URL(hubUrl)).href, status, selectKeptHeaders(headers));
    },
    close: () => poster.close(),
  };
}

/** PubSubHubbub 0.4 section 7, which WebSub hubs still support: `hub.mode=publish` with the topic as `hub.url`. */
function buildPublishPost(feedUrl: string) {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return { headers, body: new URLSearchParams({ 'hub.mode': 'publish', 'hub.url': feedUrl }).toString() };
}

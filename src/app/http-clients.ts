/** Creates the HTTP clients of a site, for fetching and for announcements. */
import type { Resolve } from '../fetch/agents.js';
import { createHttpFetcher, type HttpFetcherOptions } from '../fetch/http.js';
import type { Settings } from '../model/settings.js';
import { version } from '../observe/version.js';
import type { Fetcher, Poster } from '../ports/fetcher.js';

/** Timeout for one message, in milliseconds. */
const PATIENCE = 10_000;

/** `resolve`: see `HttpFetcherOptions`; default: the system's resolver. */
export interface HttpClientOptions extends Pick<HttpFetcherOptions, 'onFetched'> {
  readonly resolve?: Resolve | undefined;
}

export function createFetcher(settings: Settings, options: HttpClientOptions = {}): Fetcher {
  const fetcher = createHttpFetcher({
    ...httpOptions(settings, options),
    ...(options.onFetched && { onFetched: options.onFetched }),
  });
  const { shared, spacingMs } = settings.fetch;
  return shared === undefined ? fetcher : openOnUse(fetcher, shared, spacingMs);
}

/** Opens the shared file with the first request. */
function openOnUse(fetcher: Fetcher, shared: string, spacingMs: number): Fetcher {
  let opened: Promise<Fetcher> | null = null;
  const open = async () => {
    const { openSharedFetcher } = await import('./shared-politeness.js');
    return await openSharedFetcher(fetcher, shared, spacingMs);
  };
  return {
    fetch: async (...asked) => {
      opened ??= open();
      return await (await opened).fetch(...asked);
    },
    close: async () => (await (opened?.catch(() => fetcher) ?? fetcher)).close(),
  };
}

export async function openPoster(settings: Settings, options: HttpClientOptions = {}): Promise<Poster> {
  const { createPoster } = await import('../fetch/poster.js');
  const http = httpOptions(settings, options);
  return createPoster({ ...http, timeoutMs: Math.min(http.timeoutMs, PATIENCE) });
}

export function httpOptions(settings: Settings, { resolve }: HttpClientOptions = {}) {
  return { ...settings.fetch, userAgent: userAgent(settings), ...(resolve && { resolve }) };
}

function userAgent({ site, publish }: Settings): string {
  const page = publish.formats.includes('html') ? `${site.feedsUrl}publishers.html` : null;
  const about = [page, site.contact].filter((one) => one !== null);
  return `newsloom/${version}${about.length === 0 ? '' : ` (+${about.join('; ')})`}`;
}

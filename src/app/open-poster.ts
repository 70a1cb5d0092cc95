/** Opens what sends announcements. */
import type { HttpFetcherOptions } from '../fetch/http.js';
import type { Poster } from '../ports/fetcher.js';

/** Milliseconds that a target may take for one message. */
const PATIENCE = 10_000;

export async function openPoster(
  http: Pick<HttpFetcherOptions, 'timeoutMs' | 'userAgent' | 'resolve'>,
): Promise<Poster> {
  const { createPoster } = await import('../fetch/poster.js');
  return createPoster({ ...http, timeoutMs: Math.min(http.timeoutMs, PATIENCE) });
}

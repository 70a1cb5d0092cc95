/** What the search for a feed is given. */
import type { Settings } from '../../model/settings.js';
import type { Fetcher } from '../../ports/fetcher.js';

export interface Visit {
  readonly fetcher: Fetcher;
  readonly settings: Settings;
  readonly signal: AbortSignal;
}

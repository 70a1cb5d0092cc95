/** Notes the settings of a failed request, so that its source is requested again after one of them changes. */
import type { FetchState, Source } from '../model/source.js';
import { contentDigest } from '../text/digest.js';
import { canTakeWaiting } from './daily-news.js';

export interface FetchLimits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/** A digest, because headers contain keys. */
export function digestRequestSettings(source: Source, { timeoutMs, maxBytes }: FetchLimits): string {
  const { allowPrivateAddresses, headers, proxy } = source;
  return contentDigest(JSON.stringify([allowPrivateAddresses, headers, proxy, timeoutMs, maxBytes]));
}

/** Whether a changed setting may fix a failure, release held articles or permit texts. */
export function isSettingChanged(state: FetchState, source: Source, limits: FetchLimits, now: Date): boolean {
  const { errorSettings, failures, newsWaitsUntil, readAs } = state;
  const isMended = failures > 0 && errorSettings != null && errorSettings !== digestRequestSettings(source, limits);
  const isRaised = newsWaitsUntil !== null && newsWaitsUntil > now && canTakeWaiting(state, source.perDay, now);
  const isWidened = failures === 0 && source.content === 'full' && readAs !== null && readAs !== 'full';
  return isMended || isRaised || isWidened;
}

/** Finds the setting behind an error, so that a source is requested again after the setting changes. */
import type { NewsloomError } from '../model/errors.js';
import type { FetchState, Source } from '../model/source.js';
import { contentDigest } from '../text/digest.js';
import { canTakeWaiting } from './daily-news.js';

export interface FetchLimits {
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

const VALUES = {
  timeout: (_: Source, { timeoutMs }: FetchLimits) => timeoutMs,
  maxBytes: (_: Source, { maxBytes }: FetchLimits) => maxBytes,
  allowPrivateAddresses: ({ allowPrivateAddresses }: Source) => allowPrivateAddresses,
  headers: ({ headers }: Source) => headers,
  proxy: ({ proxy }: Source) => proxy,
};
type Setting = keyof typeof VALUES;

/** By code, reason or status. */
const SETTINGS: Readonly<Record<string, Setting>> = {
  FETCH_TIMEOUT: 'timeout',
  FETCH_TOO_LARGE: 'maxBytes',
  FETCH_FORBIDDEN: 'allowPrivateAddresses',
  'bad-header': 'headers',
  401: 'headers',
  proxy: 'proxy',
  407: 'proxy',
};

/** The setting with a digest of its value, because headers contain keys; null: not about a setting. */
export function describeSetting(
  { error, status }: { readonly error: NewsloomError; readonly status: number | null },
  source: Source,
  limits: FetchLimits,
): string | null {
  const setting = SETTINGS[error.code] ?? SETTINGS[String(error.details.reason)] ?? SETTINGS[String(status)];
  return setting === undefined ? null : appendDigest(setting, source, limits);
}

/** Whether a changed setting may fix a failure, release held articles or permit texts. */
export function isSettingChanged(state: FetchState, source: Source, limits: FetchLimits, now: Date): boolean {
  const { errorSetting, failures, newsWaitsUntil, readAs } = state;
  const isMended = failures > 0 && hasSettingChanged(errorSetting, source, limits);
  const isRaised = newsWaitsUntil !== null && newsWaitsUntil > now && canTakeWaiting(state, source.perDay, now);
  const isWidened = failures === 0 && source.content === 'full' && readAs !== null && readAs !== 'full';
  return isMended || isRaised || isWidened;
}

/** Whether a setting has changed since `describeSetting` recorded it. */
function hasSettingChanged(noted: string | null, source: Source, limits: FetchLimits): boolean {
  const [setting] = noted?.split(' ') ?? [];
  return isSetting(setting) && appendDigest(setting, source, limits) !== noted;
}

function isSetting(name: string | undefined): name is Setting {
  return name !== undefined && name in VALUES;
}

function appendDigest(setting: Setting, source: Source, limits: FetchLimits): string {
  return `${setting} ${contentDigest(JSON.stringify(VALUES[setting](source, limits)))}`;
}

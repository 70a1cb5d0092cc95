/** Describes requests in bundles for workers with their own config. Keys never leave the config. */
import { createHash } from 'node:crypto';
import type { FetchRequest } from '../model/fetch.js';
import type { BundleRequest } from '../model/round.js';
import type { Source, SourceId, Validators } from '../model/source.js';
import { findParentSource, toFeedKey } from '../model/source-feeds.js';
import type { BundledRequest } from './bundles.js';
import { createRequest } from './decide-request.js';

export interface DueFeed {
  readonly source: Source;
  readonly request: FetchRequest;
  /** Consecutive failures. Failing sources come last, so that their timeouts do not delay others. */
  readonly failures: number;
  /** SHA-256 of the known document, hex; missing: the response must have a body. */
  readonly bodyHash?: string | null;
}

export interface PlannedRequest extends BundledRequest {
  readonly ask: BundleRequest;
}

/** @param due the sources that share the request. */
export function planRequest(request: FetchRequest, due: readonly DueFeed[]): PlannedRequest {
  const feeds = due.map(({ source }) => toFeedKey(source));
  return { url: request.url, feeds, ask: createAsk(request, feeds, due) };
}

export function createAsk(
  { url, validators }: FetchRequest,
  feeds: readonly SourceId[],
  due: readonly DueFeed[],
): BundleRequest {
  const { source, bodyHash = null } = due[0]!;
  const hide = (text: string) => hideKeys(text, source.secrets ?? []);
  return {
    feeds,
    address: hashAddress(source.url),
    ...describeDiscovery(source, hide),
    adopted: url === source.url ? null : hide(url),
    validators: mapValidatorUrl(validators, hide),
    bodyHash: due.every((one) => one.bodyHash === bodyHash) ? bodyHash : null,
    failures: Math.min(...due.map(({ failures }) => failures)),
  };
}

function describeDiscovery(source: Source, hide: (text: string) => string): Pick<BundleRequest, 'found'> {
  const by = findParentSource(source);
  return by === null ? {} : { found: { by, url: hide(source.url) } };
}

export function restoreFoundUrl({ url }: NonNullable<BundleRequest['found']>, by: Source): string {
  return showKeys(url, by.secrets ?? []);
}

/** null: the config here has another address for the source. */
export function restoreRequest({ address, adopted, validators }: BundleRequest, source: Source): FetchRequest | null {
  if (hashAddress(source.url) !== address) return null;
  const show = (text: string) => showKeys(text, source.secrets ?? []);
  return createRequest(adopted === null ? source.url : show(adopted), mapValidatorUrl(validators, show), source);
}

function hashAddress(url: string): string {
  return createHash('sha256').update(url).digest('hex').slice(0, 16);
}

function mapValidatorUrl(validators: Validators | null, change: (url: string) => string): Validators | null {
  return validators === null ? null : { ...validators, url: change(validators.url) };
}

/** Addresses do not contain spaces. */
function hideKeys(text: string, keys: readonly string[]): string {
  return keys.reduce((hidden, key, i) => hidden.replaceAll(key, ` ${i} `), text);
}

function showKeys(text: string, keys: readonly string[]): string {
  return text.replace(/ (\d+) /g, (_, i: string) => keys[Number(i)] ?? '');
}

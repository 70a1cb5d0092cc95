/** What a bundle says of a request, and the request that a worker makes of it with its own config: keys stay where they are. */
import { createHash } from 'node:crypto';
import type { FetchRequest } from '../model/fetch.js';
import type { BundleAsk } from '../model/round.js';
import type { Source, SourceId, Validators } from '../model/source.js';
import { feedIdOf, foundBy } from '../model/source-feeds.js';
import type { BundledRequest } from './bundles.js';
import { requestTo } from './decide-request.js';

/** A source that is to be asked. */
interface DueFeed {
  readonly source: Source;
  readonly request: FetchRequest;
  readonly failures: number;
  /** None: the answer must have its body. */
  readonly bodyHash?: string | null;
}

/** A request, and what its bundle says of it. */
export interface AskedRequest extends BundledRequest {
  readonly ask: BundleAsk;
}

/** `due`: the sources that share it. */
export function askedRequest(request: FetchRequest, due: readonly DueFeed[]): AskedRequest {
  const feeds = due.map(({ source }) => feedIdOf(source));
  return { url: request.url, feeds, ask: askOf(request, feeds, due) };
}

export function askOf(
  { url, validators }: FetchRequest,
  feeds: readonly SourceId[],
  due: readonly DueFeed[],
): BundleAsk {
  const { source, bodyHash = null } = due[0]!;
  const hide = (text: string) => hideKeys(text, source.secrets ?? []);
  return {
    feeds,
    address: addressHash(source.url),
    ...foundAt(source, hide),
    adopted: url === source.url ? null : hide(url),
    validators: withUrl(validators, hide),
    bodyHash: due.every((one) => one.bodyHash === bodyHash) ? bodyHash : null,
    failures: Math.min(...due.map(({ failures }) => failures)),
  };
}

function foundAt(source: Source, hide: (text: string) => string): Pick<BundleAsk, 'found'> {
  const by = foundBy(source);
  return by === null ? {} : { found: { by, url: hide(source.url) } };
}

/** The address of what `by` named. */
export function foundUrl({ url }: NonNullable<BundleAsk['found']>, by: Source): string {
  return showKeys(url, by.secrets ?? []);
}

/** null: the config here has another address for it. */
export function requestOf({ address, adopted, validators }: BundleAsk, source: Source): FetchRequest | null {
  if (addressHash(source.url) !== address) return null;
  const show = (text: string) => showKeys(text, source.secrets ?? []);
  return requestTo(adopted === null ? source.url : show(adopted), withUrl(validators, show), source);
}

function addressHash(url: string): string {
  return createHash('sha256').update(url).digest('hex').slice(0, 16);
}

function withUrl(validators: Validators | null, change: (url: string) => string): Validators | null {
  return validators === null ? null : { ...validators, url: change(validators.url) };
}

/** No address has a space. */
function hideKeys(text: string, keys: readonly string[]): string {
  return keys.reduce((hidden, key, i) => hidden.replaceAll(key, ` ${i} `), text);
}

function showKeys(text: string, keys: readonly string[]): string {
  return text.replace(/ (\d+) /g, (_, i: string) => keys[Number(i)] ?? '');
}

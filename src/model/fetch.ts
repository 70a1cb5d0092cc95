/** Requests and results of fetching. A 304 is a result, not an error. */
import type { FetchError } from './errors.js';
import type { Validators } from './source.js';

/** One GET with limits on time, size and redirects. */
export interface FetchRequest {
  readonly url: string;
  /** Conditional headers, byte for byte; sent to `validators.url` only. */
  readonly validators: Validators | null;
  /** The source's headers; sent to its own origin only. */
  readonly headers: Readonly<Record<string, string>>;
  readonly proxy: string | null;
  readonly allowPrivateAddresses: boolean;
  /** Values that errors must not contain; missing: none. */
  readonly secrets?: readonly string[];
  /** Header `Accept` (RFC 9110 12.5.1); missing: that of feeds. */
  readonly accept?: string;
  /** Return redirects (`isNotFollowed`) so that robots.txt of the new address can be checked; missing: follow them. */
  readonly robots?: true;
  /** Missing: a feed, or a page that links to one. */
  readonly file?: FileRequest;
}

interface RequestProxy extends Pick<FetchRequest, 'allowPrivateAddresses'> {
  readonly proxy?: FetchRequest['proxy'];
}

/** A request for a public resource: it takes only the proxy from the source, no headers. */
export function createPlainRequest(
  url: string,
  { proxy = null, allowPrivateAddresses }: RequestProxy,
  file?: FileRequest,
): FetchRequest {
  return { url, validators: null, headers: {}, proxy, allowPrivateAddresses, ...(file && { file }) };
}

/** A requested file that is not a feed. */
export interface FileRequest {
  readonly accept: string;
  /** Limit in bytes, if lower than that of all documents. */
  readonly most: number;
  /** `beginning`: requests only this many bytes (RFC 9110 14.2) and ignores the rest. */
  readonly part: 'whole' | 'beginning';
}

export interface Hop {
  readonly status: number;
  readonly from: string;
  readonly to: string;
}

/** Response headers for scheduling; names in lower case, values as received. */
export type ResponseHeaders = Readonly<Record<string, string>>;

interface HttpAnswer {
  readonly finalUrl: string;
  readonly hops: readonly Hop[];
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Validators of this response; null fields: not sent. */
  readonly validators: Validators;
  /** Bytes on the wire. */
  readonly wireBytes: number;
}

export type FetchResult =
  | (HttpAnswer & {
      readonly kind: 'fresh';
      readonly body: Uint8Array;
      /** SHA-256, hex; missing: not computed yet. If the caller already has this body, `body` may be empty. */
      readonly bodyHash?: string;
      readonly contentType: string | null;
      /** Status 226 (RFC 3229): an item missing from the body still exists. */
      readonly partial: boolean;
    })
  | (HttpAnswer & { readonly kind: 'not-modified' })
  | FetchFailed;

/** `details.reason` of a FETCH_REDIRECT: see `FetchRequest.robots`. */
export const NOT_FOLLOWED = 'not-followed';

/** Whether the answer is a redirect that was not followed. Its `finalUrl` is the target. */
export function isNotFollowed(answer: FetchResult): answer is FetchFailed {
  return answer.kind === 'failed' && answer.error.details.reason === NOT_FOLLOWED;
}

/** Not sent, because a Retry-After of its host arrived while it was queued. */
export interface RateLimited {
  readonly kind: 'rate-limited';
  readonly until: Date;
}

/** `details.reason` of a FETCH_RATE_LIMITED that was not requested, because the host asked another site on this machine to wait. */
export const HELD_ELSEWHERE = 'held-elsewhere';

export interface FetchFailed {
  readonly kind: 'failed';
  readonly error: FetchError;
  /** null: no HTTP response. */
  readonly status: number | null;
  readonly headers: ResponseHeaders;
  readonly hops: readonly Hop[];
  readonly finalUrl: string;
  readonly wireBytes: number;
}

/** Requests and results of fetching. A 304 is a result, not an error. */
import type { FetchError } from './errors.js';
import type { Validators } from './source.js';

/** One GET with limits on time, size and redirects. */
export interface FetchRequest {
  readonly url: string;
  /** Conditional headers, byte for byte; sent to `validators.url` alone. */
  readonly validators: Validators | null;
  /** The source's headers; sent to its own origin only. */
  readonly headers: Readonly<Record<string, string>>;
  readonly proxy: string | null;
  readonly allowPrivateAddresses: boolean;
  /** Values that an error must not quote; missing: none. */
  readonly secrets?: readonly string[];
  /** Header `Accept` (RFC 9110 12.5.1); missing: that of feeds. */
  readonly accept?: string;
  /** A redirect is an answer of its own (`isNotFollowed`), since robots.txt has a say in where it leads; missing: it is followed. */
  readonly robots?: true;
  /** Missing: a feed, or a page that may declare one. */
  readonly file?: WantedFile;
}

interface WayTo extends Pick<FetchRequest, 'allowPrivateAddresses'> {
  /** Missing: none. */
  readonly proxy?: FetchRequest['proxy'];
}

/** A request for what is for everybody: with nothing of a source but the way to it. */
export function plainRequest(
  url: string,
  { proxy = null, allowPrivateAddresses }: WayTo,
  file?: WantedFile,
): FetchRequest {
  return { url, validators: null, headers: {}, proxy, allowPrivateAddresses, ...(file && { file }) };
}

/** A file that is no feed. */
export interface WantedFile {
  /** Header `Accept` (RFC 9110 12.5.1). */
  readonly accept: string;
  /** Limit in bytes, where it is below that of all documents. */
  readonly most: number;
  /** `beginning`: only so many bytes are asked for (RFC 9110 14.2), and no more are read, whatever is sent. */
  readonly part: 'whole' | 'beginning';
}

export interface Hop {
  readonly status: number;
  readonly from: string;
  readonly to: string;
}

/** Response headers that scheduling needs; names in lower case, values as received. */
export type ResponseHeaders = Readonly<Record<string, string>>;

interface HttpAnswer {
  /** After redirects. */
  readonly finalUrl: string;
  readonly hops: readonly Hop[];
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Validators of this response; fields are null where it sent none. */
  readonly validators: Validators;
  /** Bytes on the wire. */
  readonly wireBytes: number;
}

export type FetchResult =
  | (HttpAnswer & {
      readonly kind: 'fresh';
      readonly body: Uint8Array;
      /** SHA-256 of the body, hex; missing: not reckoned yet. Where the asker has that body, this one may be empty. */
      readonly bodyHash?: string;
      readonly contentType: string | null;
      /** Status 226 (RFC 3229): a missing item is not a removed one. */
      readonly partial: boolean;
    })
  | (HttpAnswer & { readonly kind: 'not-modified' })
  | FetchFailed;

/** Reason of a FETCH_REDIRECT (`details.reason`): see `FetchRequest.robots`. */
export const NOT_FOLLOWED = 'not-followed';

/** Whether an answer is a redirect that was not followed; `finalUrl` is where it leads. */
export function isNotFollowed(answer: FetchResult): answer is FetchFailed {
  return answer.kind === 'failed' && answer.error.details.reason === NOT_FOLLOWED;
}

/** Not sent, since a Retry-After for its host arrived while it was queued. */
export interface RateLimited {
  readonly kind: 'rate-limited';
  readonly until: Date;
}

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

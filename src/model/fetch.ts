/** What a fetch asks and what it brings back. A 304 is an answer, not an error. */
import type { FetchError } from './errors.js';
import type { Validators } from './source.js';

/** One bounded GET, everything about it decided beforehand. */
export interface FetchRequest {
  readonly url: string;
  /** Conditional headers, byte for byte; sent to `validators.url` alone. */
  readonly validators: Validators | null;
  /** Of the source; sent to its own origin only. */
  readonly headers: Readonly<Record<string, string>>;
  readonly proxy: string | null;
  readonly allowPrivateAddresses: boolean;
}

export interface Hop {
  readonly status: number;
  readonly from: string;
  readonly to: string;
}

/** Response headers that decide when to come back; lower-case names, as received. */
export type ResponseHeaders = Readonly<Record<string, string>>;

interface Answer {
  /** After redirects. */
  readonly finalUrl: string;
  readonly hops: readonly Hop[];
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** The new validators of this answer; null fields where it sent none. */
  readonly validators: Validators;
  /** Bytes on the wire. */
  readonly wireBytes: number;
}

export type FetchResult =
  | (Answer & {
      readonly kind: 'fresh';
      readonly body: Uint8Array;
      readonly contentType: string | null;
      /** RFC 3229 226: absent items say nothing. */
      readonly partial: boolean;
    })
  | (Answer & { readonly kind: 'not-modified' })
  | {
      readonly kind: 'failed';
      readonly error: FetchError;
      /** null where there was no HTTP answer. */
      readonly status: number | null;
      readonly headers: ResponseHeaders;
      readonly hops: readonly Hop[];
      readonly finalUrl: string;
      readonly wireBytes: number;
    };

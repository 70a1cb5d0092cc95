/** Rounds: runs of a publisher with requests that fetch workers send. */
import type { FetchResult, RateLimited } from './fetch.js';
import type { SourceId, Validators } from './source.js';

export interface Round {
  readonly n: number;
  /** From the database, in whole seconds. Never before the last round's, unless that was days ahead. */
  readonly now: Date;
}

/** Version of the bundle's JSON. Workers accept this version and the previous one. */
export const BUNDLE_VERSION = 1;

/** Requests for one worker. It contains no headers, proxies or keys: workers read these from their config. */
export interface Bundle {
  readonly v: number;
  readonly round: number;
  /** Time of the round, epoch milliseconds. */
  readonly now: number;
  readonly asks: readonly BundleRequest[];
  /** A worker returned it because its network was down. */
  readonly handedBack?: true;
}

export interface BundleRequest {
  /** The feeds that share the request. */
  readonly feeds: readonly SourceId[];
  /** Hash of the first feed's address. */
  readonly address: string;
  /** Of a feed found in a list or an index: its source and its address; missing: it is configured itself. */
  readonly found?: { readonly by: SourceId; readonly url: string };
  /** Target of a permanent redirect; null: the configured address. */
  readonly adopted: string | null;
  readonly validators: Validators | null;
  /** SHA-256 of the document that the publisher has, hex; null: the answer must contain the body. */
  readonly bodyHash: string | null;
  readonly failures: number;
}

export type RoundAnswer = FetchResult | RateLimited;

/** Milliseconds that a worker waits for the database: a dead connection would block it for 15 minutes. */
export const WORKER_DATABASE_TIMEOUT_MS = 30_000;

/** `unanswered`: no worker answered before the deadline. */
export type RemoteAnswer = RoundAnswer | { readonly kind: 'unanswered' };

export interface FetchWorker {
  readonly name: string;
  readonly role: string;
  readonly version: string;
}

/** The rounds as `status` shows them. `round` null: none yet. */
export interface RoundStatus {
  readonly workers: readonly (FetchWorker & { readonly seen: Date })[];
  readonly round: {
    readonly n: number;
    readonly now: Date;
    readonly open: boolean;
    readonly asked: number;
    readonly answered: number;
  } | null;
}

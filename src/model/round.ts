/** A round: one run of a publisher whose requests fetch workers send. */
import type { FetchResult, RateLimited } from './fetch.js';
import type { SourceId, Validators } from './source.js';

export interface Round {
  readonly n: number;
  /** The time of the run: the database's, in whole seconds, never before that of an earlier round, unless that lay days ahead. */
  readonly now: Date;
}

/** Of what a bundle says; workers read this version and the one before it. */
export const BUNDLE_VERSION = 1;

/** Requests that one worker sends. Headers, proxies and keys in addresses are not in it: the worker has them from its own config. */
export interface Bundle {
  readonly v: number;
  readonly round: number;
  /** Of the round; epoch milliseconds. */
  readonly now: number;
  readonly asks: readonly BundleAsk[];
  /** A worker whose network seemed to be down handed it back. */
  readonly handedBack?: true;
}

export interface BundleAsk {
  /** The feeds that share the request. */
  readonly feeds: readonly SourceId[];
  /** Hash of the first feed's address. */
  readonly address: string;
  /** Of what a list or an index named, which workers do not know: whose settings it has, and its address; missing: it is configured itself. */
  readonly found?: { readonly by: SourceId; readonly url: string };
  /** The address that a permanent redirect led to; null: that of the config. */
  readonly adopted: string | null;
  readonly validators: Validators | null;
  /** SHA-256 of the document that the publisher has, hex; null: the answer must have its body. */
  readonly bodyHash: string | null;
  /** Consecutive failures so far. */
  readonly failures: number;
}

export type RoundAnswer = FetchResult | RateLimited;

/**
 * Milliseconds that a fetch worker waits for the database: one that moved may leave connections silent, which the system gives up after a
 * quarter of an hour.
 */
export const WORKER_PATIENCE = 30_000;

/** `unanswered`: no worker answered before the deadline. */
export type RemoteAnswer = RoundAnswer | { readonly kind: 'unanswered' };

export interface FetchWorker {
  readonly name: string;
  /** `worker.role`. */
  readonly role: string;
  readonly version: string;
}

/** What `status` shows. `round` null: there was none yet. */
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

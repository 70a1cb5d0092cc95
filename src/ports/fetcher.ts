/** Network access: publishers' servers, WebSub hubs, targets of announcements. */
import type { FetchRequest, FetchResult } from '../model/fetch.js';

/** Resolves once memory for a document of at most so many bytes is available. Repeated calls have no effect. */
export type RoomForLarge = (bytes: number) => Promise<void>;

export interface Fetcher {
  /**
   * One bounded GET with its redirects. A failure of server or network is a `failed` result, not a rejection. Rejects with the signal's
   * reason when aborted. Above 256 kB, waits for `room` before it receives or decompresses the rest; the timeout excludes this wait.
   */
  fetch(request: FetchRequest, signal: AbortSignal, room?: RoomForLarge): Promise<FetchResult>;
  close(): Promise<void>;
}

export interface Hub {
  /** Rejects with FetchError if the hub refuses, with the signal's reason when aborted. */
  publish(hubUrl: string, feedUrl: string, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

interface PostRequest {
  /** `GET`: status of an earlier message, with a body of null. */
  readonly method: 'POST' | 'PUT' | 'GET';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
  readonly allowPrivateAddresses: boolean;
}

export interface Poster {
  /**
   * One request without retries or redirects. Resolves with any response: the first 64 kB of its body, headers by lower-case name. Rejects
   * with FetchError without a response, with the signal's reason when aborted.
   */
  send(
    request: PostRequest,
    signal: AbortSignal,
  ): Promise<{ readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }>;
  close(): Promise<void>;
}

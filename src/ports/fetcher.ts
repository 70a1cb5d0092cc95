/** Network access: publishers' servers, WebSub hubs, targets of announcements. */
import type { FetchRequest, FetchResult } from '../model/fetch.js';

/** Resolves once there is room in memory for a document of at most so many bytes. Called again, it changes nothing. */
export type RoomForLarge = (bytes: number) => Promise<void>;

export interface Fetcher {
  /**
   * One bounded GET with its redirects. Never rejects for what a server or network does: that is a `failed` result. Rejects with the
   * signal's reason when aborted. A document of more than 256 kB waits for `room` before the rest of it is received or unpacked; this does not
   * count towards its timeout. Missing: there is room.
   */
  fetch(request: FetchRequest, signal: AbortSignal, room?: RoomForLarge): Promise<FetchResult>;
  close(): Promise<void>;
}

/** A WebSub hub, notified of updated feeds. */
export interface Hub {
  /** Rejects with FetchError where the hub refuses, with the signal's reason when aborted. */
  publish(hubUrl: string, feedUrl: string, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

interface PostRequest {
  /** `GET`: how something sent before is doing, with a body of null. */
  readonly method: 'POST' | 'GET';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | null;
  readonly allowPrivateAddresses: boolean;
}

/** Sends what we have to say. */
export interface Poster {
  /**
   * One request, not repeated and not redirected. Resolves with any answer, its body up to 64 kB, as much of it as came; headers by lower-case
   * name. Rejects with FetchError where there is none, with the signal's reason when aborted.
   */
  send(
    request: PostRequest,
    signal: AbortSignal,
  ): Promise<{ readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }>;
  close(): Promise<void>;
}

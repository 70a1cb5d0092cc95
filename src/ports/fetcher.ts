/** Network access: publishers' servers and the WebSub hub. */
import type { FetchRequest, FetchResult } from '../model/fetch.js';

export interface Fetcher {
  /** One bounded GET with its redirects. Never rejects for what a server or network does: that is a `failed` result. Rejects with the signal's reason when aborted. */
  fetch(request: FetchRequest, signal: AbortSignal): Promise<FetchResult>;
  close(): Promise<void>;
}

/** A WebSub hub, notified of updated feeds. */
export interface Hub {
  /** Rejects with FetchError where the hub refuses, with the signal's reason when aborted. */
  publish(hubUrl: string, feedUrl: string, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

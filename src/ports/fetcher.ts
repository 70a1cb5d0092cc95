/** Whom we ask: publishers' servers, and the hub that is told of news. */
import type { FetchRequest, FetchResult } from '../model/fetch.js';

export interface Fetcher {
  /** One bounded GET with its redirects. Never rejects for what a server or network does: that is a `failed` result. Rejects with the signal's reason when aborted. */
  fetch(request: FetchRequest, signal: AbortSignal): Promise<FetchResult>;
  close(): Promise<void>;
}

/** WebSub: whom to tell that feeds are new. */
export interface Hub {
  /** Rejects with FetchError where the hub did not take it, with the signal's reason when aborted. */
  publish(hubUrl: string, feedUrl: string, signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

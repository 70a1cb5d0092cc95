/** The seam between what is asked and the connections that carry it: our own, or those of undici through a proxy. */

/** One request. */
export interface Ask {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  readonly headers: Record<string, string>;
  /** null: none. */
  readonly body: string | null;
  /** Milliseconds to the end of the headers, once the request is on its way. */
  readonly headersTimeout: number;
  /** Milliseconds between two pieces of the body. */
  readonly bodyTimeout: number;
}

/** By name in small letters; several fields of one name are a list. */
export type RawHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** Hears the answer, piece by piece; what ends it is told once. */
export interface Hearer {
  onRequestStart(controller: Controller): void;
  onResponseStart(controller: Controller, status: number, headers: RawHeaders): void;
  onResponseData(controller: Controller, chunk: Uint8Array): void;
  onResponseEnd(): void;
  onResponseError(controller: Controller, error: Error): void;
}

export interface Controller {
  /** Nothing more of the answer is wanted. */
  abort(reason: Error): void;
}

export interface Dispatcher {
  dispatch(ask: Ask, hearer: Hearer): void;
  /** Drops every connection. */
  destroy(): Promise<void>;
}

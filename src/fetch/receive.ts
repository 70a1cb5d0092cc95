/** One request and its answer, with every byte counted: no redirects, no decoding, no opinion. */
import type { FetchError } from '../model/errors.js';
import type { Ask, Controller, Dispatcher, Hearer, RawHeaders } from './dispatcher.js';
import { fetchError } from './errors.js';

/** Milliseconds to the first header, and between two pieces of a body. */
const HEADERS_TIMEOUT = 8_000;
const IDLE_TIMEOUT = 8_000;
/** Bytes of a body that nobody wants which are still read, so that the connection can be used again. */
const DRAINED = 64 * 1024;
/** Pieces of a body that are held one by one: a server may send a byte at a time, and each would cost two hundred. */
const MOST_PIECES = 256;
/** RFC 9110 15.3.1, 15.3.4, RFC 3229: statuses with a document in them. */
const WITH_DOCUMENT = new Set([200, 203, 226]);

export interface Received {
  readonly status: number;
  readonly headers: RawHeaders;
  /** As it came over the wire; empty where the status promises no document. */
  readonly body: Uint8Array;
  readonly wireBytes: number;
}

export function carriesDocument(status: number): boolean {
  return WITH_DOCUMENT.has(status);
}

/** The document that a GET brings. Rejects with what the connection throws, with a FetchError of ours where a limit is passed, or with the signal's reason. */
export function receive(
  dispatcher: Dispatcher,
  url: URL,
  headers: Record<string, string>,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Received> {
  return heard(dispatcher, { url, method: 'GET', headers, body: null }, { carries: carriesDocument, maxBytes }, signal);
}

/** Status and headers that answer a POST. Rejects as `receive` does. */
export function post(
  dispatcher: Dispatcher,
  url: URL,
  sent: { readonly headers: Record<string, string>; readonly body: string },
  signal: AbortSignal,
): Promise<Received> {
  return heard(dispatcher, { url, method: 'POST', ...sent }, { carries: () => false, maxBytes: 0 }, signal);
}

interface Wish {
  /** Whether the body of an answer of that status is wanted. */
  carries(status: number): boolean;
  readonly maxBytes: number;
}

function heard(
  dispatcher: Dispatcher,
  ask: Omit<Ask, 'headersTimeout' | 'bodyTimeout'>,
  wish: Wish,
  signal: AbortSignal,
): Promise<Received> {
  return new Promise((resolve, reject) => {
    const reception = new Reception(ask.url, wish, resolve, reject);
    reception.endWith(signal);
    dispatcher.dispatch({ ...ask, headersTimeout: HEADERS_TIMEOUT, bodyTimeout: IDLE_TIMEOUT }, reception);
  });
}

class Reception implements Hearer {
  #controller: Controller | null = null;
  #signal: AbortSignal | null = null;
  #status = 0;
  #headers: RawHeaders = {};
  /** The body so far: what was joined already, then its last pieces as they came. */
  #joined: Uint8Array[] = [];
  #chunks: Uint8Array[] = [];
  #bytes = 0;
  readonly #onAbort = () => this.#stop(this.#signal!.reason);

  constructor(
    readonly url: URL,
    readonly wish: Wish,
    readonly resolve: (received: Received) => void,
    readonly reject: (error: unknown) => void,
  ) {}

  /** A request that still waits for its connection ends at once, too; the connection is dropped when it comes. */
  endWith(signal: AbortSignal): void {
    this.#signal = signal;
    signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  onRequestStart(controller: Controller): void {
    this.#controller = controller;
    if (this.#signal?.aborted) controller.abort(asError(this.#signal.reason));
  }

  onResponseStart(_: Controller, status: number, headers: RawHeaders): void {
    if (status < 200) return;
    this.#status = status;
    this.#headers = headers;
    if (this.wish.carries(status) && Number(headers['content-length'] ?? 0) > this.wish.maxBytes)
      this.#stop(this.#tooLarge());
  }

  onResponseData(_: Controller, chunk: Uint8Array): void {
    this.#bytes += chunk.length;
    if (this.wish.carries(this.#status)) {
      this.#keep(chunk);
      if (this.#bytes > this.wish.maxBytes) this.#stop(this.#tooLarge());
    } else if (this.#bytes > DRAINED) this.#stop(new Error('enough of it'));
  }

  onResponseEnd(): void {
    this.#finish();
  }

  onResponseError(_: Controller, error: Error): void {
    this.#fail(error);
  }

  #keep(chunk: Uint8Array): void {
    this.#chunks.push(chunk);
    if (this.#chunks.length < MOST_PIECES) return;
    this.#joined.push(Buffer.concat(this.#chunks));
    this.#chunks = [];
  }

  #stop(reason: unknown): void {
    this.#fail(reason);
    this.#controller?.abort(asError(reason));
  }

  /** What was said in status and headers alone stands, however the rest of it ends. */
  #fail(reason: unknown): void {
    const answered = this.#status !== 0 && !this.wish.carries(this.#status);
    if (answered) this.#finish();
    else this.#giveUp(reason);
  }

  #giveUp(reason: unknown): void {
    this.#signal?.removeEventListener('abort', this.#onAbort);
    this.#joined = [];
    this.#chunks = [];
    this.reject(reason);
  }

  #finish(): void {
    this.#signal?.removeEventListener('abort', this.#onAbort);
    const pieces = [...this.#joined, ...this.#chunks];
    const body = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
    this.resolve({ status: this.#status, headers: this.#headers, body, wireBytes: this.#bytes });
  }

  #tooLarge(): FetchError {
    return fetchError('FETCH_TOO_LARGE', this.url.href, `sends more than ${megabytes(this.wish.maxBytes)}`, 'wire');
  }
}

/** For messages: `10 MB`. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 100_000) / 10} MB`;
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

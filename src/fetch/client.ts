/** HTTP client for one request and its response, limited in time and size. It does not follow redirects or decode bodies. */
import { setMaxListeners } from 'node:events';
import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { RoomForLarge } from '../ports/fetcher.js';
import { type Agents, type ConnectionPermissions, createAgents, type Resolve } from './agents.js';
import { ByteBuffer } from './byte-buffer.js';
import { startTimer, type Timer } from './deadline.js';
import { createFault, createFetchError } from './errors.js';
import { IdleSockets } from './idle-sockets.js';

/** Milliseconds from the sent request to the end of the headers, and between two chunks of a body. */
const TIMEOUTS = { headers: 8_000, idle: 8_000 };

/** Raises the idle timeouts when the configured total exceeds the default of 20 s. */
export function deriveTimeouts(timeoutMs: number): typeof TIMEOUTS {
  const silence = Math.max(TIMEOUTS.idle, timeoutMs - 12_000);
  return { headers: silence, idle: silence };
}

/** In bytes. */
const MOST_HEADERS = 32 * 1024;
/** Limit of interim responses (1xx): each has headers of its own, and a server could send them endlessly. */
const MOST_ANNOUNCED = 32;
/** Bytes of an ignored body that are read before the connection is reused. */
const DRAINED = 64 * 1024;
/** Bytes above which a document waits for free memory. */
export const LARGE_BODY = 256 * 1024;
/** Statuses with a document (RFC 9110 15.3.1, 15.3.4, RFC 3229). */
const WITH_DOCUMENT = new Set([200, 203, 226]);

/** Keys are lower-case. Repeated fields are lists. */
export type RawHeaders = Readonly<Record<string, string | string[] | undefined>>;

export interface HttpRequest {
  readonly url: URL;
  readonly method: 'GET' | 'POST' | 'PUT';
  /** `document`: the body of a GET response that has a document; `any`: the body for any status, even if incomplete. */
  readonly wants: 'document' | 'status' | 'any';
  readonly headers: Record<string, string>;
  readonly body: string | Uint8Array | null;
  /** Limit of the response body in transferred bytes. */
  readonly maxBytes: number;
  /** `beginning`: stops at the limit without an error and accepts 206. Default: whole. */
  readonly part?: 'whole' | 'beginning';
  /** Called when the response body is large, before the rest is received. */
  readonly room: RoomForLarge;
}

export interface Received {
  readonly status: number;
  readonly headers: RawHeaders;
  /** As transferred; empty when the status carries no document. */
  readonly body: Uint8Array;
  readonly wireBytes: number;
}

/** 206 is accepted if part of the document was requested (RFC 9110 15.3.7). */
export function carriesDocument(status: number, part: HttpRequest['part'] = 'whole'): boolean {
  return WITH_DOCUMENT.has(status) || (part === 'beginning' && status === 206);
}

export function formatMegabytes(bytes: number): string {
  return `${Math.round(bytes / 100_000) / 10} MB`;
}

export class HttpClient {
  /** Requests with different permissions do not share connections. Through a proxy, different origins do not either. */
  readonly #agents = new Map<string, Agents>();
  readonly #closed = new AbortController();

  constructor(
    readonly perHost: number,
    readonly resolve: Resolve | null,
    readonly idle: IdleSockets = new IdleSockets(),
    readonly timeouts: typeof TIMEOUTS = TIMEOUTS,
  ) {
    setMaxListeners(0, this.#closed.signal); // one listener per request
  }

  /** Rejects with a connection error, a FetchError if a limit is exceeded, or the signal's reason. */
  send(request: HttpRequest, rights: ConnectionPermissions, signal: AbortSignal): Promise<Received> {
    const agents = this.#getAgents(request.url, rights);
    return new Promise((resolve, reject) => {
      new Exchange(request, agents, this.timeouts, [signal, this.#closed.signal], { resolve, reject }).begin();
    });
  }

  close(): void {
    this.#closed.abort(createFault('ECONNABORTED', 'connection closed by the client'));
    for (const agents of this.#agents.values()) agents.destroy();
  }

  #getAgents(url: URL, rights: ConnectionPermissions): Agents {
    const way = rights.proxy === null ? '' : `${rights.proxy} ${url.origin}`;
    const key = `${rights.allowPrivateAddresses ? 'any' : 'public'} ${way}`;
    const agents = this.#agents.get(key) ?? createAgents(rights, this);
    this.#agents.set(key, agents);
    return agents;
  }
}

class Exchange {
  #request: ClientRequest | null = null;
  #response: IncomingMessage | null = null;
  #timer: Timer | null = null;
  readonly #body: ByteBuffer;
  #wireBytes = 0;
  #hasRoom = false;
  #settled = false;
  readonly #onAbort = ({ target }: Event) => this.#fail((target as AbortSignal).reason);

  constructor(
    readonly sent: HttpRequest,
    readonly agents: Agents,
    readonly timeouts: typeof TIMEOUTS,
    readonly signals: readonly AbortSignal[],
    readonly promise: { resolve(received: Received): void; reject(error: unknown): void },
  ) {
    this.#body = new ByteBuffer(sent.maxBytes);
  }

  begin(): void {
    for (const signal of this.signals) signal.addEventListener('abort', this.#onAbort);
    const aborted = this.signals.find((signal) => signal.aborted);
    if (aborted !== undefined) this.#fail(aborted.reason);
    else this.#send('may be repeated');
  }

  #send(failure: 'may be repeated' | 'is final'): void {
    this.#timer?.clear();
    const { url, method, body } = this.sent;
    const route = this.agents.routeTo(url);
    const headers = { ...this.sent.headers, ...route.headers };
    const open = url.protocol === 'https:' ? https.request : http.request;
    const request = open({ ...route, method, headers, maxHeaderSize: MOST_HEADERS });
    this.#request = request;
    request.on('finish', () => {
      if (this.#response === null) this.#limit(this.timeouts.headers, 'HEADERS_TIMEOUT');
    });
    let announced = 0;
    request.on('information', () => {
      if (++announced > MOST_ANNOUNCED) this.#fail(createFault('HPE_HEADER_OVERFLOW', 'too many interim responses'));
    });
    request.on('response', (response) => this.#receive(response));
    request.on('upgrade', () => this.#fail(createStatusFault(101)));
    // If the proxy refuses CONNECT, its response follows.
    request.on('proxyConnect', ({ statusCode }: IncomingMessage) => {
      if (statusCode !== 200) this.#fail(createProxyFault(statusCode));
    });
    request.on('error', (error) => {
      // RFC 9112 9.6: a server may close an idle connection while the client reuses it. Retry once.
      const unanswered = this.#response === null && !this.#settled;
      if (failure === 'may be repeated' && unanswered && wasClosedOnReuse(request, error)) this.#send('is final');
      // Ignore errors after the end of the response.
      else if (this.#response?.complete !== true) this.#fail(error);
    });
    request.end(body ?? undefined);
  }

  #receive(response: IncomingMessage): void {
    const status = response.statusCode ?? 0;
    if (status < 200) this.#fail(createStatusFault(status));
    if (status === 407) this.#fail(createProxyFault(status));
    if (this.#settled) return;
    this.#response = response;
    this.#limit(this.timeouts.idle, 'BODY_TIMEOUT');
    response.on('data', (chunk: Uint8Array) => this.#take(chunk));
    response.on('end', () => this.#finish());
    response.on('error', (error) => this.#fail(error));
    const isLonger = Number(response.headers['content-length'] ?? 0) > this.sent.maxBytes;
    if (this.#isDocument() && isLonger && this.sent.part === 'whole') this.#fail(this.#tooLarge());
  }

  #take(chunk: Uint8Array): void {
    if (this.#settled) return;
    this.#timer?.restart();
    this.#wireBytes += chunk.length;
    if (!this.#isWanted()) {
      if (this.#wireBytes > DRAINED) this.#fail(new Error('ignored body is too long'));
    } else if (this.#wireBytes >= this.sent.maxBytes && this.sent.part === 'beginning') this.#end(chunk);
    else if (this.#wireBytes > this.sent.maxBytes) this.#fail(this.#tooLarge());
    else if (this.#wireBytes > LARGE_BODY && !this.#hasRoom) void this.#waitForRoom(chunk);
    else this.#body.add(chunk);
  }

  #end(chunk: Uint8Array): void {
    this.#body.add(chunk.subarray(0, chunk.length - (this.#wireBytes - this.sent.maxBytes)));
    this.#finish();
    this.#request?.destroy();
  }

  async #waitForRoom(chunk: Uint8Array): Promise<void> {
    this.#hasRoom = true;
    this.#response?.pause();
    this.#timer?.clear();
    const most = this.#mostBytes();
    await this.sent.room(most);
    if (this.#settled) return;
    this.#body.grow(most);
    this.#body.add(chunk);
    this.#limit(this.timeouts.idle, 'BODY_TIMEOUT');
    this.#response?.resume();
  }

  /** Size of the document. The limit, if it is compressed or its length is unknown. */
  #mostBytes(): number {
    const { 'content-length': length, 'content-encoding': packed } = this.#response!.headers;
    return packed === undefined && length !== undefined ? Number(length) : this.sent.maxBytes;
  }

  #isWanted(): boolean {
    const { wants, part } = this.sent;
    return wants === 'any' || (wants === 'document' && carriesDocument(this.#response?.statusCode ?? 0, part));
  }

  #isDocument(): boolean {
    return this.sent.wants === 'document' && this.#isWanted();
  }

  #limit(ms: number, code: string): void {
    this.#timer?.clear();
    if (!this.#settled) this.#timer = startTimer(ms, () => this.#fail(createFault(code, `no data for ${ms} ms`)));
  }

  #tooLarge(): Error {
    const words = `exceeds ${formatMegabytes(this.sent.maxBytes)} (fetch.maxBytes)`;
    return createFetchError('FETCH_TOO_LARGE', this.sent.url.href, words, 'wire');
  }

  /** If the body is not a document, resolves with the received part despite the failure. */
  #fail(reason: unknown): void {
    if (this.#settled) return;
    if (this.#response !== null && !this.#isDocument()) this.#finish();
    else {
      this.#settle();
      this.promise.reject(reason);
    }
    this.#request?.destroy();
  }

  #finish(): void {
    if (this.#settled || this.#response === null) return;
    this.#settle();
    const { statusCode, rawHeaders } = this.#response;
    this.promise.resolve({
      status: statusCode ?? 0,
      headers: parseRawHeaders(rawHeaders),
      body: this.#body.bytes(),
      wireBytes: this.#wireBytes,
    });
  }

  #settle(): void {
    this.#settled = true;
    this.#timer?.clear();
    for (const signal of this.signals) signal.removeEventListener('abort', this.#onAbort);
  }
}

/** Error for a 1xx status that Node does not handle. */
function createStatusFault(status: number): Error {
  if (status === 101) return createFault('ECONNRESET', 'unexpected protocol upgrade');
  return createFault('HPE_INVALID_STATUS', `invalid status: ${status}`);
}

function createProxyFault(status: number | undefined): Error {
  return createFault('ERR_PROXY', `the proxy responded with ${status}`);
}

function wasClosedOnReuse(request: ClientRequest, error: NodeJS.ErrnoException): boolean {
  return request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
}

/** Single-valued fields: the first value wins. All other fields are lists (RFC 9110 5.3). */
const SINGLE = new Set(
  'age content-length content-type date etag expires last-modified location retry-after server'.split(' '),
);

function parseRawHeaders(raw: readonly string[]): RawHeaders {
  const headers: Record<string, string | string[]> = Object.create(null);
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i]!.toLowerCase();
    const before = headers[name];
    if (before === undefined) headers[name] = raw[i + 1]!;
    else if (!SINGLE.has(name)) headers[name] = [...[before].flat(), raw[i + 1]!];
  }
  return headers;
}

/** The HTTP client: one request and its response, limited in time and size; no redirects, no decoding. */
import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { RoomForLarge } from '../ports/fetcher.js';
import { type Agents, type ConnectionRights, createAgents, type Resolve } from './agents.js';
import { ByteBuffer } from './byte-buffer.js';
import { startTimer, type Timer } from './deadline.js';
import { fault, fetchError } from './errors.js';
import { IdleSockets } from './idle-sockets.js';

/** Milliseconds from the sent request to the end of the headers, and between two pieces of a body. */
const TIMEOUTS = { headers: 8_000, idle: 8_000 };

/** A silent server keeps others of its host waiting. What the editor grants above the usual 20 s is granted to silence too. */
export function timeoutsWithin(timeoutMs: number): typeof TIMEOUTS {
  const silence = Math.max(TIMEOUTS.idle, timeoutMs - 12_000);
  return { headers: silence, idle: silence };
}

/** In bytes. */
const MOST_HEADERS = 32 * 1024;
/** Limit of interim responses (1xx): each has headers of its own, and a server could send them endlessly. */
const MOST_ANNOUNCED = 32;
/** Bytes of an unwanted body that are read, so that the connection can be reused. */
const DRAINED = 64 * 1024;
/** Bytes above which a document waits for room in memory. */
export const LARGE_BODY = 256 * 1024;
/** Statuses with a document (RFC 9110 15.3.1, 15.3.4, RFC 3229). */
const WITH_DOCUMENT = new Set([200, 203, 226]);

/** By lower-case name; repeated fields are a list. */
export type RawHeaders = Readonly<Record<string, string | string[] | undefined>>;

export interface HttpRequest {
  readonly url: URL;
  readonly method: 'GET' | 'POST';
  /** Of the response: `document`: the body of a GET that brings one; `any`: the body whatever the status, as much of it as comes. */
  readonly wants: 'document' | 'status' | 'any';
  readonly headers: Record<string, string>;
  /** null: none. */
  readonly body: string | Uint8Array | null;
  /** Limit of the response's body, as transferred. */
  readonly maxBytes: number;
  /** `beginning`: what goes beyond the limit is not read, and no error; part of a document (206) is one. Missing: whole. */
  readonly part?: 'whole' | 'beginning';
  /** Asked once the response's body is large, before the rest of it is received. */
  readonly room: RoomForLarge;
}

export interface Received {
  readonly status: number;
  readonly headers: RawHeaders;
  /** As transferred; empty where the status means that there is no document. */
  readonly body: Uint8Array;
  readonly wireBytes: number;
}

/** RFC 9110 15.3.7: 206 is the part that was asked for. */
export function carriesDocument(status: number, part: HttpRequest['part'] = 'whole'): boolean {
  return WITH_DOCUMENT.has(status) || (part === 'beginning' && status === 206);
}

/** For messages: `10 MB`. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 100_000) / 10} MB`;
}

export class HttpClient {
  /** Requests with different rights share no connections; through a proxy, neither do requests to different origins. */
  readonly #agents = new Map<string, Agents>();
  readonly #closed = new AbortController();

  constructor(
    readonly perHost: number,
    readonly resolve: Resolve | null,
    readonly idle: IdleSockets = new IdleSockets(),
    readonly timeouts: typeof TIMEOUTS = TIMEOUTS,
  ) {}

  /** Rejects with an error of the connection, a FetchError where a limit is exceeded, or the signal's reason. */
  send(request: HttpRequest, rights: ConnectionRights, signal: AbortSignal): Promise<Received> {
    const ended = AbortSignal.any([signal, this.#closed.signal]);
    const agents = this.#agentsFor(request.url, rights);
    return new Promise((resolve, reject) => {
      new Exchange(request, agents, this.timeouts, ended, { resolve, reject }).begin();
    });
  }

  /** Closes all connections, and rejects waiting requests. */
  close(): void {
    this.#closed.abort(fault('ECONNABORTED', 'all connections were dropped'));
    for (const agents of this.#agents.values()) agents.destroy();
  }

  #agentsFor(url: URL, rights: ConnectionRights): Agents {
    const way = rights.proxy === null ? '' : `${rights.proxy} ${url.origin}`;
    const key = `${rights.allowPrivateAddresses ? 'any' : 'public'} ${way}`;
    const agents = this.#agents.get(key) ?? createAgents(rights, this);
    this.#agents.set(key, agents);
    return agents;
  }
}

/** One request and its response. */
class Exchange {
  #request: ClientRequest | null = null;
  #response: IncomingMessage | null = null;
  #timer: Timer | null = null;
  readonly #body: ByteBuffer;
  #wireBytes = 0;
  #hasRoom = false;
  #settled = false;
  readonly #onAbort = () => this.#fail(this.signal.reason);

  constructor(
    readonly sent: HttpRequest,
    readonly agents: Agents,
    readonly timeouts: typeof TIMEOUTS,
    readonly signal: AbortSignal,
    readonly promise: { resolve(received: Received): void; reject(error: unknown): void },
  ) {
    this.#body = new ByteBuffer(sent.maxBytes);
  }

  begin(): void {
    this.signal.addEventListener('abort', this.#onAbort, { once: true });
    if (this.signal.aborted) this.#onAbort();
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
      if (++announced > MOST_ANNOUNCED) this.#fail(fault('HPE_HEADER_OVERFLOW', 'announcements without end'));
    });
    request.on('response', (response) => this.#receive(response));
    request.on('upgrade', () => this.#fail(unasked(101)));
    // After a refused CONNECT, the proxy's response follows.
    request.on('proxyConnect', ({ statusCode }: IncomingMessage) => {
      if (statusCode !== 200) this.#fail(refusedByProxy(statusCode));
    });
    request.on('error', (error) => {
      // RFC 9112 9.6: a server may close an idle connection at the moment of its reuse; then the request is repeated once.
      const unanswered = this.#response === null && !this.#settled;
      if (failure === 'may be repeated' && unanswered && wasClosed(request, error)) this.#send('is final');
      // Errors after the end of the response do not matter.
      else if (this.#response?.complete !== true) this.#fail(error);
    });
    request.end(body ?? undefined);
  }

  #receive(response: IncomingMessage): void {
    const status = response.statusCode ?? 0;
    if (status < 200) this.#fail(unasked(status));
    if (status === 407) this.#fail(refusedByProxy(status));
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
      if (this.#wireBytes > DRAINED) this.#fail(new Error('enough of it'));
    } else if (this.#wireBytes >= this.sent.maxBytes && this.sent.part === 'beginning') this.#end(chunk);
    else if (this.#wireBytes > this.sent.maxBytes) this.#fail(this.#tooLarge());
    else if (this.#wireBytes > LARGE_BODY && !this.#hasRoom) void this.#waitForRoom(chunk);
    else this.#body.add(chunk);
  }

  /** The beginning is complete. */
  #end(chunk: Uint8Array): void {
    this.#body.add(chunk.subarray(0, chunk.length - (this.#wireBytes - this.sent.maxBytes)));
    this.#finish();
    this.#request?.destroy();
  }

  /** The server waits meanwhile, since nothing is read from the connection. */
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

  /** Of the document: one that is packed, or of unknown length, may be as large as any. */
  #mostBytes(): number {
    const { 'content-length': length, 'content-encoding': packed } = this.#response!.headers;
    return packed === undefined && length !== undefined ? Number(length) : this.sent.maxBytes;
  }

  /** Whether the response's body is wanted. */
  #isWanted(): boolean {
    const { wants, part } = this.sent;
    return wants === 'any' || (wants === 'document' && carriesDocument(this.#response?.statusCode ?? 0, part));
  }

  /** A failure of its body is one of the whole request. */
  #isDocument(): boolean {
    return this.sent.wants === 'document' && this.#isWanted();
  }

  #limit(ms: number, code: string): void {
    this.#timer?.clear();
    if (!this.#settled) this.#timer = startTimer(ms, () => this.#fail(fault(code, `nothing for ${ms} ms`)));
  }

  #tooLarge(): Error {
    const words = `sends more than ${megabytes(this.sent.maxBytes)} (fetch.maxBytes)`;
    return fetchError('FETCH_TOO_LARGE', this.sent.url.href, words, 'wire');
  }

  /** Where the body is no document, what came of the response is returned in spite of the failure. */
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
      headers: headersOf(rawHeaders),
      body: this.#body.bytes(),
      wireBytes: this.#wireBytes,
    });
  }

  /** Clears the timer, which would keep the process alive. */
  #settle(): void {
    this.#settled = true;
    this.#timer?.clear();
    this.signal.removeEventListener('abort', this.#onAbort);
  }
}

/** For an unexpected 1xx status: other interim responses do not arrive here. */
function unasked(status: number): Error {
  if (status === 101) return fault('ECONNRESET', 'another protocol, which nobody asked for');
  return fault('HPE_INVALID_STATUS', `no status: ${status}`);
}

function refusedByProxy(status: number | undefined): Error {
  return fault('ERR_PROXY', `the proxy answered ${status}`);
}

function wasClosed(request: ClientRequest, error: NodeJS.ErrnoException): boolean {
  return request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
}

/** Fields that have one value: of one that is sent twice, the first counts. All others are lists (RFC 9110 5.3). */
const SINGLE = new Set(
  'age content-length content-type date etag expires last-modified location retry-after server'.split(' '),
);

function headersOf(raw: readonly string[]): RawHeaders {
  const headers: Record<string, string | string[]> = Object.create(null);
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i]!.toLowerCase();
    const before = headers[name];
    if (before === undefined) headers[name] = raw[i + 1]!;
    else if (!SINGLE.has(name)) headers[name] = [...[before].flat(), raw[i + 1]!];
  }
  return headers;
}

/** Our own connections, by Node's HTTP client: for a first request to each of 500 hosts it needs half the time of undici, which has more to set up for a host. */
import http, { type Agent, type ClientRequest, type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { LookupFunction, Socket } from 'node:net';
import type { Connector, Wanted } from './connector.js';
import { startTimer, type Timer } from './deadline.js';
import type { Ask, Controller, Dispatcher, Hearer, RawHeaders } from './dispatcher.js';
import { fault } from './errors.js';

const MOST_HEADERS = 32 * 1024;
/** Answers that only announce the one that is meant (1xx): each has headers of its own, and a flood of them no end. */
const MOST_ANNOUNCED = 32;
/** Milliseconds for which an idle connection is kept; less where the server says so. */
const KEEP_ALIVE = 4_000;

/** At most `perHost` connections to one origin; what finds none free waits. */
export function createDirect(perHost: number, connector: Connector): Dispatcher {
  const options = { keepAlive: true, timeout: KEEP_ALIVE, maxSockets: perHost };
  const plain = connecting(new http.Agent(options), 'connect', connector);
  const secure = connecting(new https.Agent(options), 'secureConnect', connector);
  const live = new Set<Exchange>();
  let closed = false;
  return {
    dispatch: (ask, hearer) => {
      const exchange = new Exchange(ask, hearer, ask.url.protocol === 'https:' ? secure : plain, live);
      if (closed) exchange.abort(dropped());
      else exchange.begin();
    },
    // An agent drops connections alone: who waits for one, or lost an idle one, would get another.
    destroy: async () => {
      closed = true;
      for (const exchange of live) exchange.abort(dropped());
      plain.destroy();
      secure.destroy();
    },
  };
}

/** The agent, whose connections are made by `connector`. */
function connecting<A extends Agent>(agent: A, ready: Wanted['ready'], connector: Connector): A {
  const usual = agent.createConnection.bind(agent);
  const createConnection = (options: http.ClientRequestArgs) => {
    const open = (lookup?: LookupFunction) => usual(lookup === undefined ? options : { ...options, lookup }) as Socket;
    return connector({ host: options.host ?? '', open, ready });
  };
  return Object.assign(agent, { createConnection });
}

/** One request and its answer. */
class Exchange implements Controller {
  #request: ClientRequest | null = null;
  #response: IncomingMessage | null = null;
  #timer: Timer | null = null;
  #ended = false;
  #failed = false;

  constructor(
    readonly ask: Ask,
    readonly hearer: Hearer,
    readonly agent: Agent,
    /** Those that have begun and not ended. */
    readonly live: Set<Exchange>,
  ) {}

  begin(): void {
    this.live.add(this);
    this.hearer.onRequestStart(this);
    if (!this.#ended) this.#send('may be repeated');
  }

  abort(reason: Error): void {
    const request = this.#request;
    if (request === null) this.#fail(reason);
    else {
      this.#end();
      request.destroy(reason);
    }
  }

  #send(failure: 'may be repeated' | 'is final'): void {
    this.#timer?.clear();
    const { url, method, headers, body, headersTimeout } = this.ask;
    const { agent } = this;
    const request = http.request({ ...placeOf(url), agent, method, headers, maxHeaderSize: MOST_HEADERS });
    this.#request = request;
    request.on('finish', () => {
      if (this.#response === null) this.#limit(headersTimeout, 'HEADERS_TIMEOUT');
    });
    let announced = 0;
    request.on('information', () => {
      if (++announced > MOST_ANNOUNCED) this.#refuse(fault('HPE_HEADER_OVERFLOW', 'announcements without end'));
    });
    request.on('response', (response) => this.#hear(response));
    request.on('upgrade', (_, socket) => {
      socket.destroy();
      this.#fail(unasked(101));
    });
    request.on('error', (error) => {
      // RFC 9112 9.6: a server may close an idle connection in the moment in which we use it again.
      const unanswered = this.#response === null && !this.#ended;
      if (failure === 'may be repeated' && unanswered && wasClosed(request, error)) this.#send('is final');
      // What follows after the declared end is none of the answer.
      else if (this.#response?.complete !== true) this.#fail(error);
    });
    request.end(body ?? undefined);
  }

  #hear(response: IncomingMessage): void {
    const status = response.statusCode ?? 0;
    if (status < 200) this.#refuse(unasked(status));
    if (this.#ended) return;
    this.#response = response;
    this.#limit(this.ask.bodyTimeout, 'BODY_TIMEOUT');
    response.on('data', (chunk: Uint8Array) => {
      if (!this.#ended) this.#timer?.restart();
      this.hearer.onResponseData(this, chunk);
    });
    response.on('end', () => {
      this.#end();
      this.hearer.onResponseEnd();
    });
    response.on('error', (error) => this.#fail(error));
    this.hearer.onResponseStart(this, status, headersOf(response.rawHeaders));
  }

  #limit(ms: number, code: string): void {
    this.#timer?.clear();
    if (this.#ended) return;
    this.#timer = startTimer(ms, () => this.#request?.destroy(fault(code, `nothing for ${ms} ms`)));
  }

  /** What follows may be parsed already: it is not heard any more. */
  #refuse(error: Error): void {
    this.#fail(error);
    this.#request?.destroy();
  }

  /** Once: request and answer each have their say where a connection breaks. */
  #fail(error: Error): void {
    this.#end();
    if (this.#failed) return;
    this.#failed = true;
    this.hearer.onResponseError(this, error);
  }

  /** A timer that is left would keep the process alive. */
  #end(): void {
    this.#ended = true;
    this.live.delete(this);
    this.#timer?.clear();
  }
}

function dropped(): Error {
  return fault('ECONNABORTED', 'all connections were dropped');
}

/** Where a status of 200 or more must come: what announces one is not heard of here. */
function unasked(status: number): Error {
  if (status === 101) return fault('ECONNRESET', 'another protocol, which nobody asked for');
  return fault('HPE_INVALID_STATUS', `no status: ${status}`);
}

/** What Node would make of it, in a third of the time. */
function placeOf({ protocol, hostname, port, pathname, search }: URL): http.RequestOptions {
  const host = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  return { protocol, hostname: host, port: port === '' ? null : port, path: pathname + search };
}

function wasClosed(request: ClientRequest, error: NodeJS.ErrnoException): boolean {
  return request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
}

function headersOf(raw: readonly string[]): RawHeaders {
  const headers: Record<string, string | string[]> = Object.create(null);
  for (let i = 0; i < raw.length; i += 2) {
    const name = raw[i]!.toLowerCase();
    const before = headers[name];
    headers[name] = before === undefined ? raw[i + 1]! : [...[before].flat(), raw[i + 1]!];
  }
  return headers;
}

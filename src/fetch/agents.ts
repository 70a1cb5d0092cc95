/** Node's HTTP agents, one set for each right that a source has. The address guard stands here, where no name, odd notation or second answer of a resolver gets past it. */
import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import { setMaxListeners } from 'node:events';
import http, { type ClientRequestArgs } from 'node:http';
import https from 'node:https';
import { createRequire } from 'node:module';
import { isIP, type LookupFunction, connect as netConnect, type Socket } from 'node:net';
import type { FetchError } from '../model/errors.js';
import type { FetchRequest } from '../model/fetch.js';
import { startTimer } from './deadline.js';
import { fault, fetchError, PRIVATE_WORDS } from './errors.js';
import { isPublicAddress } from './guard.js';
import { basicCredentials } from './headers.js';

/** Milliseconds. */
const CONNECT_TIMEOUT = 5_000;
/** Milliseconds for which an idle connection is kept; less where the server says so. */
const KEEP_ALIVE = 4_000;

/** Where a host is really found, or null for the ordinary way. */
export type Resolve = (host: string) => { readonly address: string; readonly port: number } | null;

/** What decides over which connections a request may go. */
export type ConnectionRights = Pick<FetchRequest, 'proxy' | 'allowPrivateAddresses'>;

export interface Agents {
  /** What Node must know to send a request for this address over connections of ours. */
  routeTo(url: URL): ClientRequestArgs & { readonly agent: http.Agent };
  /** Drops every connection. */
  destroy(): void;
}

/** At most `perHost` connections to one origin; what finds none free waits. */
export function createAgents(rights: ConnectionRights, perHost: number, resolve: Resolve | null): Agents {
  const options = { keepAlive: true, timeout: KEEP_ALIVE, maxSockets: perHost };
  return rights.proxy === null ? direct(options, rights, resolve) : through(new URL(rights.proxy), options);
}

function direct(
  options: http.AgentOptions,
  { allowPrivateAddresses }: ConnectionRights,
  resolve: Resolve | null,
): Agents {
  const connect = allowPrivateAddresses ? connectAnywhere : connectPublicly;
  const plain = connecting(new http.Agent(options), 'connect', connect, resolve);
  const secure = connecting(new https.Agent(options), 'secureConnect', connect, resolve);
  return {
    routeTo: (url) => ({ ...targetOf(url), agent: url.protocol === 'https:' ? secure : plain }),
    destroy: () => {
      plain.destroy();
      secure.destroy();
    },
  };
}

/** http goes through as it is, https by CONNECT. The proxy itself is the editor's word and may be anywhere; what it resolves, it guards. */
function through(proxy: URL, options: http.AgentOptions): Agents {
  // Loaded here: few sites have a proxy.
  const { HttpsProxyAgent } = createRequire(import.meta.url)('https-proxy-agent') as typeof import('https-proxy-agent');
  const plain = proxy.protocol === 'https:' ? new https.Agent(options) : new http.Agent(options);
  // An agent does not know of connections on which a proxy has not answered yet: these end by the signal.
  const ended = new AbortController();
  setMaxListeners(0, ended.signal);
  const tunnel = new HttpsProxyAgent(proxy, { ...options, signal: ended.signal });
  const credentials = proxy.username === '' ? {} : { 'proxy-authorization': basicCredentials(proxy) };
  return {
    routeTo: (url) =>
      url.protocol === 'https:'
        ? { ...targetOf(url), agent: tunnel }
        : { ...targetOf(proxy), path: url.href, agent: plain, headers: { host: url.host, ...credentials } },
    destroy: () => {
      ended.abort();
      plain.destroy();
      tunnel.destroy();
    },
  };
}

function targetOf({ protocol, hostname, port, pathname, search }: URL): ClientRequestArgs {
  const host = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  return { protocol, hostname: host, port: port === '' ? null : port, path: pathname + search };
}

// ── connections ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** `open` begins the connection in Node's own way, with another lookup where one is given. */
type Connect = (host: string, open: (lookup?: LookupFunction) => Socket) => Socket;

/**
 * Hosts that `resolve` knows are reached at its address, over plain TCP even for https: a bundled origin on loopback can stand in
 * for a publication, without a certificate. All others by `connect`.
 */
function connecting<A extends http.Agent>(
  agent: A,
  ready: 'connect' | 'secureConnect',
  connect: Connect,
  resolve: Resolve | null,
): A {
  const usual = agent.createConnection.bind(agent);
  const createConnection = (options: ClientRequestArgs) => {
    const host = options.host ?? '';
    const place = resolve?.(host) ?? null;
    if (place !== null) return inTime(netConnect(place.port, place.address), 'connect');
    const open = (lookup?: LookupFunction) => usual(lookup === undefined ? options : { ...options, lookup }) as Socket;
    return inTime(connect(host, open), ready);
  };
  return Object.assign(agent, { createConnection });
}

const connectAnywhere: Connect = (_, open) => open();

/** Each resolved address and the socket's own are checked. Literals never reach a lookup: see `fetch/hop.ts`. */
const connectPublicly: Connect = (host, open) => {
  const socket = open(publicLookup);
  // The first listener: nothing that was written by now has been sent.
  return socket.prependOnceListener('connect', () => {
    if (!isPublicAddress(socket.remoteAddress ?? '')) socket.destroy(forbiddenAddress(host));
  });
};

/** One private address among the answers condemns them all: that is how rebinding begins. */
const publicLookup: LookupFunction = (host, options, callback) => {
  dnsLookup(host, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error !== null) return callback(error, []);
    if (!addresses.every(({ address }) => isPublicAddress(address))) return callback(forbiddenAddress(host), []);
    const first = addresses[0]!;
    return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
  });
};

function inTime(socket: Socket, ready: string): Socket {
  const late = () => socket.destroy(fault('CONNECT_TIMEOUT', 'no connection in time'));
  const timer = startTimer(CONNECT_TIMEOUT, late);
  return socket.once(ready, timer.clear).once('close', timer.clear);
}

function forbiddenAddress(host: string): FetchError {
  return fetchError('FETCH_FORBIDDEN', `http://${isIP(host) === 6 ? `[${host}]` : host}/`, PRIVATE_WORDS, 'address');
}

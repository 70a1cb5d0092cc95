/** Creates Node's HTTP agents for each set of rights, and checks addresses when connecting, which no name or DNS answer can evade. */
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

/** In milliseconds. */
const CONNECT_TIMEOUT = 5_000;
/** Milliseconds for which an idle connection is kept, unless the server demands less. */
const KEEP_ALIVE = 4_000;

/** An address and port for a host instead of its real one; null: the real one. */
export type Resolve = (host: string) => { readonly address: string; readonly port: number } | null;

/** Determines which connections a request may use. */
export type ConnectionRights = Pick<FetchRequest, 'proxy' | 'allowPrivateAddresses'>;

export interface Agents {
  /** Options of Node's `request` for this address. */
  routeTo(url: URL): ClientRequestArgs & { readonly agent: http.Agent };
  /** Closes all connections. */
  destroy(): void;
}

/** At most `perHost` connections per origin; further requests wait. */
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

/** http is forwarded, https uses CONNECT. The proxy's own address is not checked, since the editor chose it; it must check the others. */
function through(proxy: URL, options: http.AgentOptions): Agents {
  // Loaded on demand: few sites use a proxy.
  const { HttpsProxyAgent } = createRequire(import.meta.url)('https-proxy-agent') as typeof import('https-proxy-agent');
  const plain = proxy.protocol === 'https:' ? new https.Agent(options) : new http.Agent(options);
  // The agent does not track connections before the proxy's response: the signal closes these.
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

/** `open` starts the connection as Node does, with another lookup where one is given. */
type Connect = (host: string, open: (lookup?: LookupFunction) => Socket) => Socket;

/**
 * Hosts known to `resolve` are connected to at its address, by plain TCP even for https: a bundled origin on loopback can
 * replace a publication, without a certificate. Others are connected to by `connect`.
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

/** Checks every resolved address and the socket's. IP literals are not looked up: `fetch/hop.ts` checks them. */
const connectPublicly: Connect = (host, open) => {
  const socket = open(publicLookup);
  // First listener: it runs before anything is sent.
  return socket.prependOnceListener('connect', () => {
    if (!isPublicAddress(socket.remoteAddress ?? '')) socket.destroy(forbiddenAddress(host));
  });
};

/** A single private address among the answers is refused, since DNS rebinding mixes them. */
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

/** Node's HTTP agents, one set for each right that a source has. The address guard stands here, where no name, odd notation or second answer of a resolver gets past it. */
import type { LookupAddress } from 'node:dns';
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
import { HostNames } from './host-names.js';
import type { IdleSockets } from './idle-sockets.js';

/** In milliseconds. */
const CONNECT_TIMEOUT = 5_000;
/**
 * Of each address of a host but the last, which has the rest. Node's 250 are less than the way to the other side of the world takes, and a
 * lost packet is sent again after a second; the last is often an IPv6 address on a machine that has no way to any.
 */
const ADDRESS_TIMEOUT = 1_500;
/** Milliseconds for which an idle connection is kept, unless the server demands less. */
const KEEP_ALIVE = 4_000;

/** `lookup`: whatever connects, to a publication or to a proxy, finds names by ours. */
type AgentOptions = http.AgentOptions & { readonly lookup: LookupFunction };

/** Where a host is really found, or null for the ordinary way. */
export type Resolve = (host: string) => { readonly address: string; readonly port: number } | null;

/** Determines which connections a request may use. */
export type ConnectionRights = Pick<FetchRequest, 'proxy' | 'allowPrivateAddresses'>;

export interface Agents {
  /** Options of Node's `request` for this address. */
  routeTo(url: URL): ClientRequestArgs & { readonly agent: http.Agent };
  /** Closes all connections. */
  destroy(): void;
}

export interface AgentLimits {
  readonly perHost: number;
  readonly resolve: Resolve | null;
  readonly idle: IdleSockets;
}

/** At most `perHost` connections per origin; further requests wait. */
export function createAgents(rights: ConnectionRights, { perHost, resolve, idle }: AgentLimits): Agents {
  const guarded = rights.proxy === null && !rights.allowPrivateAddresses;
  const options = {
    keepAlive: true,
    timeout: KEEP_ALIVE,
    maxSockets: perHost,
    autoSelectFamilyAttemptTimeout: ADDRESS_TIMEOUT,
    lookup: guarded ? publicLookup() : anyLookup(),
  };
  return rights.proxy === null
    ? direct(options, guarded, resolve, idle)
    : through(new URL(rights.proxy), options, idle);
}

function direct(options: AgentOptions, guarded: boolean, resolve: Resolve | null, idle: IdleSockets): Agents {
  const plain = idle.limit(connecting(new http.Agent(options), 'connect', guarded, resolve));
  const secure = idle.limit(connecting(new https.Agent(options), 'secureConnect', guarded, resolve));
  return {
    routeTo: (url) => ({ ...targetOf(url), agent: url.protocol === 'https:' ? secure : plain }),
    destroy: () => {
      plain.destroy();
      secure.destroy();
    },
  };
}

/** http goes through as it is, https by CONNECT. The proxy itself is the editor's word and may be anywhere; what it resolves, it guards. */
function through(proxy: URL, options: AgentOptions, idle: IdleSockets): Agents {
  // Loaded here: few sites have a proxy.
  const { HttpsProxyAgent } = createRequire(import.meta.url)('https-proxy-agent') as typeof import('https-proxy-agent');
  const plain = idle.limit(proxy.protocol === 'https:' ? new https.Agent(options) : new http.Agent(options));
  // The agent does not track connections before the proxy's response: the signal closes these.
  const ended = new AbortController();
  setMaxListeners(0, ended.signal);
  const tunnel = idle.limit(new HttpsProxyAgent(proxy, { ...options, signal: ended.signal }));
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

/**
 * Hosts that `resolve` knows are reached at its address, over plain TCP even for https: a bundled origin on loopback can stand in
 * for a publication, without a certificate. Where `guarded`, the socket's own address is checked too: literals never reach a lookup.
 */
function connecting<A extends http.Agent>(
  agent: A,
  ready: 'connect' | 'secureConnect',
  guarded: boolean,
  resolve: Resolve | null,
): A {
  const usual = agent.createConnection.bind(agent);
  const createConnection = (options: ClientRequestArgs) => {
    const host = options.host ?? '';
    const place = resolve?.(host) ?? null;
    if (place !== null) return inTime(netConnect(place.port, place.address), 'connect');
    const socket = usual(options) as Socket;
    if (guarded) guard(socket, host);
    // Looking the name up has a limit of its own.
    if (isIP(host) === 0) socket.once('lookup', () => inTime(socket, ready));
    else inTime(socket, ready);
    return socket;
  };
  return Object.assign(agent, { createConnection });
}

function guard(socket: Socket, host: string): void {
  // The first listener: nothing that was written by now has been sent.
  socket.prependOnceListener('connect', () => {
    if (!isPublicAddress(socket.remoteAddress ?? '')) socket.destroy(forbiddenAddress(host));
  });
}

/** Names that only the system's own lookup knows are the editor's (an intranet's); a stranger's redirect can fill one of its threads at most. */
const SYSTEM_LOOKUPS = { any: 2, public: 1 };

function anyLookup(): LookupFunction {
  const names = new HostNames(SYSTEM_LOOKUPS.any);
  return (host, options, callback) => void answer(names.addressesOf(host), options, callback);
}

/** One private address among the answers condemns them all: that is how rebinding begins. */
function publicLookup(): LookupFunction {
  const names = new HostNames(SYSTEM_LOOKUPS.public);
  const publicAddresses = async (host: string) => {
    const addresses = await names.addressesOf(host);
    if (addresses.every(({ address }) => isPublicAddress(address))) return addresses;
    throw forbiddenAddress(host);
  };
  return (host, options, callback) => void answer(publicAddresses(host), options, callback);
}

/** In the form that Node asks for: all addresses, or the first. */
async function answer(
  addresses: Promise<readonly LookupAddress[]>,
  { all }: Parameters<LookupFunction>[1],
  callback: Parameters<LookupFunction>[2],
): Promise<void> {
  const found = await addresses.catch((error: NodeJS.ErrnoException) => error);
  // Outside of the promise: what the callback throws is none of the lookup's failures.
  setImmediate(() => {
    if (found instanceof Error) callback(found, []);
    else if (all) callback(null, [...found]);
    else callback(null, found[0]!.address, found[0]!.family);
  });
}

function inTime(socket: Socket, ready: string): Socket {
  const late = () => socket.destroy(fault('CONNECT_TIMEOUT', 'no connection in time'));
  const timer = startTimer(CONNECT_TIMEOUT, late);
  return socket.once(ready, timer.clear).once('close', timer.clear);
}

function forbiddenAddress(host: string): FetchError {
  return fetchError('FETCH_FORBIDDEN', `http://${isIP(host) === 6 ? `[${host}]` : host}/`, PRIVATE_WORDS, 'address');
}

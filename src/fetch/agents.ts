/** Creates Node HTTP agents per set of connection permissions, and blocks private addresses at connection time. */
import type { LookupAddress } from 'node:dns';
import { setMaxListeners } from 'node:events';
import http, { type ClientRequestArgs } from 'node:http';
import https from 'node:https';
import { createRequire } from 'node:module';
import { isIP, type LookupFunction, connect as netConnect, type Socket } from 'node:net';
import type { FetchError } from '../model/errors.js';
import type { FetchRequest } from '../model/fetch.js';
import { startTimer } from './deadline.js';
import { createFault, createFetchError, PRIVATE_ADDRESS_MESSAGE } from './errors.js';
import { isPublicAddress } from './guard.js';
import { encodeBasicCredentials } from './headers.js';
import { HostResolver } from './host-names.js';
import type { IdleSockets } from './idle-sockets.js';

/** In milliseconds. */
const CONNECT_TIMEOUT = 5_000;
/** Milliseconds for each address of a host except the last. Covers one TCP retransmission; Node's default is 250. */
const ADDRESS_TIMEOUT = 1_500;
/** Milliseconds for which an idle connection is kept, unless the server demands less. */
const KEEP_ALIVE = 4_000;

/** `lookup` also resolves the names of proxies. */
type AgentOptions = http.AgentOptions & { readonly lookup: LookupFunction };

/** Overrides the address and port of a host; null: use DNS. */
export type Resolve = (host: string) => { readonly address: string; readonly port: number } | null;

export type ConnectionPermissions = Pick<FetchRequest, 'proxy' | 'allowPrivateAddresses'>;

export interface Agents {
  /** Options for Node's `request`. */
  routeTo(url: URL): ClientRequestArgs & { readonly agent: http.Agent };
  destroy(): void;
}

export interface AgentLimits {
  readonly perHost: number;
  readonly resolve: Resolve | null;
  readonly idle: IdleSockets;
}

/** At most `perHost` connections per origin; further requests wait. */
export function createAgents(rights: ConnectionPermissions, { perHost, resolve, idle }: AgentLimits): Agents {
  const guarded = rights.proxy === null && !rights.allowPrivateAddresses;
  const options = {
    keepAlive: true,
    timeout: KEEP_ALIVE,
    maxSockets: perHost,
    autoSelectFamilyAttemptTimeout: ADDRESS_TIMEOUT,
    lookup: guarded ? createPublicLookup() : createLookup(),
  };
  return rights.proxy === null
    ? createDirectAgents(options, guarded, resolve, idle)
    : createProxyAgents(new URL(rights.proxy), options, idle);
}

function createDirectAgents(
  options: AgentOptions,
  guarded: boolean,
  resolve: Resolve | null,
  idle: IdleSockets,
): Agents {
  const plain = idle.limit(overrideConnections(new http.Agent(options), 'connect', guarded, resolve));
  const secure = idle.limit(overrideConnections(new https.Agent(options), 'secureConnect', guarded, resolve));
  return {
    routeTo: (url) => ({ ...toRequestTarget(url), agent: url.protocol === 'https:' ? secure : plain }),
    destroy: () => {
      plain.destroy();
      secure.destroy();
    },
  };
}

/** Sends http requests to the proxy and tunnels https with CONNECT. The proxy may have a private address; it checks its own targets. */
function createProxyAgents(proxy: URL, options: AgentOptions, idle: IdleSockets): Agents {
  // Loaded on demand: most sites have no proxy.
  const { HttpsProxyAgent } = createRequire(import.meta.url)('https-proxy-agent') as typeof import('https-proxy-agent');
  const plain = idle.limit(proxy.protocol === 'https:' ? new https.Agent(options) : new http.Agent(options));
  // The agent does not track connections until the proxy responds. The signal closes them.
  const ended = new AbortController();
  setMaxListeners(0, ended.signal);
  const tunnel = idle.limit(new HttpsProxyAgent(proxy, { ...options, signal: ended.signal }));
  const credentials = proxy.username === '' ? {} : { 'proxy-authorization': encodeBasicCredentials(proxy) };
  return {
    routeTo: (url) =>
      url.protocol === 'https:'
        ? { ...toRequestTarget(url), agent: tunnel }
        : { ...toRequestTarget(proxy), path: url.href, agent: plain, headers: { host: url.host, ...credentials } },
    destroy: () => {
      ended.abort();
      plain.destroy();
      tunnel.destroy();
    },
  };
}

function toRequestTarget({ protocol, hostname, port, pathname, search }: URL): ClientRequestArgs {
  const host = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname;
  return { protocol, hostname: host, port: port === '' ? null : port, path: pathname + search };
}

/**
 * Connects to the hosts that `resolve` knows over plain TCP, even for https, so that a local origin needs no certificate.
 * When `guarded`, also checks the address of the connected socket, because IP literals skip the lookup.
 */
function overrideConnections<A extends http.Agent>(
  agent: A,
  ready: 'connect' | 'secureConnect',
  guarded: boolean,
  resolve: Resolve | null,
): A {
  const usual = agent.createConnection.bind(agent);
  const createConnection = (options: ClientRequestArgs) => {
    const host = options.host ?? '';
    const place = resolve?.(host) ?? null;
    if (place !== null) return limitConnectTime(netConnect(place.port, place.address), 'connect');
    const socket = usual(options) as Socket;
    if (guarded) guardSocket(socket, host);
    // The lookup has its own timeout.
    if (isIP(host) === 0) socket.once('lookup', () => limitConnectTime(socket, ready));
    else limitConnectTime(socket, ready);
    return socket;
  };
  return Object.assign(agent, { createConnection });
}

function guardSocket(socket: Socket, host: string): void {
  // Prepended, so that it runs before any buffered bytes are sent.
  socket.prependOnceListener('connect', () => {
    if (!isPublicAddress(socket.remoteAddress ?? '')) socket.destroy(createForbiddenAddressError(host));
  });
}

/** Concurrent getaddrinfo calls. One for untrusted hosts, so that redirects cannot occupy the thread pool. */
const SYSTEM_LOOKUPS = { any: 2, public: 1 };

function createLookup(): LookupFunction {
  const names = new HostResolver(SYSTEM_LOOKUPS.any);
  return (host, options, callback) => void answerLookup(names.resolve(host), options, callback);
}

/** Rejects a host if any of its addresses is private (DNS rebinding). */
function createPublicLookup(): LookupFunction {
  const names = new HostResolver(SYSTEM_LOOKUPS.public);
  const publicAddresses = async (host: string) => {
    const addresses = await names.resolve(host);
    if (addresses.every(({ address }) => isPublicAddress(address))) return addresses;
    throw createForbiddenAddressError(host);
  };
  return (host, options, callback) => void answerLookup(publicAddresses(host), options, callback);
}

/** Calls back with all addresses or the first one, as the caller requested. */
async function answerLookup(
  addresses: Promise<readonly LookupAddress[]>,
  { all }: Parameters<LookupFunction>[1],
  callback: Parameters<LookupFunction>[2],
): Promise<void> {
  const found = await addresses.catch((error: NodeJS.ErrnoException) => error);
  // Outside of the promise, so that an exception in the callback is not taken for a lookup failure.
  setImmediate(() => {
    if (found instanceof Error) callback(found, []);
    else if (all) callback(null, [...found]);
    else callback(null, found[0]!.address, found[0]!.family);
  });
}

function limitConnectTime(socket: Socket, ready: string): Socket {
  const late = () => socket.destroy(createFault('CONNECT_TIMEOUT', 'connection timed out'));
  const timer = startTimer(CONNECT_TIMEOUT, late);
  return socket.once(ready, timer.clear).once('close', timer.clear);
}

function createForbiddenAddressError(host: string): FetchError {
  return createFetchError(
    'FETCH_FORBIDDEN',
    `http://${isIP(host) === 6 ? `[${host}]` : host}/`,
    PRIVATE_ADDRESS_MESSAGE,
    'address',
  );
}

/** How a connection is made: the address guard stands here, where no name, odd notation or second answer of a resolver gets past it. */
import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction, connect as netConnect, type Socket } from 'node:net';
import type { FetchError } from '../model/errors.js';
import { startTimer } from './deadline.js';
import { fault, fetchError, PRIVATE_WORDS } from './errors.js';
import { isPublicAddress } from './guard.js';

/** Milliseconds. */
const CONNECT_TIMEOUT = 5_000;

/** Where a host is really found, or null for the ordinary way. */
export type Resolve = (host: string) => { readonly address: string; readonly port: number } | null;

/** A connection that is asked for. */
export interface Wanted {
  /** A name, or an address without brackets. */
  readonly host: string;
  /** Begins it in Node's own way, with TLS where the address wants it; `lookup` instead of the system's. */
  open(lookup?: LookupFunction): Socket;
  /** The event that says that it stands. */
  readonly ready: 'connect' | 'secureConnect';
}

/** Answers the socket at once, under way; it fails with the error that it is destroyed with. */
export type Connector = (wanted: Wanted) => Socket;

/** Any address. */
export const openConnector: Connector = ({ open, ready }) => inTime(open(), ready);

/** Public addresses alone: each resolved address and the socket's own are checked. Literals never reach a lookup: see `fetch/hop.ts`. */
export const guardedConnector: Connector = ({ host, open, ready }) => {
  const socket = inTime(open(publicLookup), ready);
  // The first to hear that it stands: what was written by then is sent after us, or never.
  return socket.prependOnceListener('connect', () => {
    if (!isPublicAddress(socket.remoteAddress ?? '')) socket.destroy(forbiddenAddress(host));
  });
};

/**
 * Hosts that `resolve` knows are reached at its address, over plain TCP even for https: a bundled origin on loopback can stand in
 * for a publication, without a certificate. All others go through `next`.
 */
export function resolvingConnector(resolve: Resolve, next: Connector): Connector {
  return (wanted) => {
    const place = resolve(wanted.host);
    return place === null ? next(wanted) : inTime(netConnect(place.port, place.address), 'connect');
  };
}

function inTime(socket: Socket, ready: Wanted['ready']): Socket {
  const late = () => socket.destroy(fault('CONNECT_TIMEOUT', 'no connection in time'));
  const timer = startTimer(CONNECT_TIMEOUT, late);
  return socket.once(ready, timer.clear).once('close', timer.clear);
}

function forbiddenAddress(host: string): FetchError {
  return fetchError('FETCH_FORBIDDEN', `http://${isIP(host) === 6 ? `[${host}]` : host}/`, PRIVATE_WORDS, 'address');
}

/** One private address among the answers condemns them all: that is how rebinding begins. */
const publicLookup: LookupFunction = (host, options, callback) => {
  dnsLookup(host, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error !== null) return callback(error, []);
    if (!addresses.every(({ address }) => isPublicAddress(address))) return callback(forbiddenAddress(host), []);
    const first = addresses[0]!;
    return options.all ? callback(null, addresses) : callback(null, first.address, first.family);
  });
};

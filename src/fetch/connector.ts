/** How a connection is made: the address guard stands here, where no name, odd notation or second answer of a resolver gets past it. */
import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { buildConnector as connectors } from 'undici';
import type { FetchError } from '../model/errors.js';
import { fetchError, PRIVATE_WORDS } from './errors.js';
import { isPublicAddress } from './guard.js';
import { buildConnector } from './undici.js';

/** Milliseconds. */
const CONNECT_TIMEOUT = 5_000;

/** Where a host is really found, or null for the ordinary way. */
export type Resolve = (host: string) => { readonly address: string; readonly port: number } | null;

/** Any address. */
export function openConnector(): connectors.connector {
  return buildConnector({ timeout: CONNECT_TIMEOUT });
}

/** Public addresses alone: each resolved address and the socket's own are checked. Literals never reach a lookup: see `fetch/hop.ts`. */
export function guardedConnector(): connectors.connector {
  const connect = buildConnector({ timeout: CONNECT_TIMEOUT, lookup: publicLookup });
  return (options, callback) => {
    connect(options, (error, socket) => {
      if (error !== null) return callback(error, null);
      if (isPublicAddress(socket.remoteAddress ?? '')) return callback(null, socket);
      socket.destroy();
      return callback(forbiddenAddress(options.hostname), null);
    });
  };
}

/**
 * Hosts that `resolve` knows are reached at its address, over plain TCP even for https: a bundled origin on loopback can stand in
 * for a publication, without a certificate. All others go through `next`.
 */
export function resolvingConnector(resolve: Resolve, next: connectors.connector): connectors.connector {
  const plain = buildConnector({ timeout: CONNECT_TIMEOUT });
  return (options, callback) => {
    const place = resolve(options.hostname);
    if (place === null) return next(options, callback);
    return plain({ hostname: place.address, port: String(place.port), protocol: 'http:' }, callback);
  };
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

/** The pools of connections: one for public addresses, one for sources that may go anywhere, one for each proxy. */
import type { Dispatcher } from 'undici';
import type { FetchRequest } from '../model/fetch.js';
import { guardedConnector, openConnector, type Resolve, resolvingConnector } from './connector.js';
import { Agent, loadProxyAgent, Pool } from './undici.js';

export interface Dispatchers {
  /** Sources of different rights never share a connection. */
  for(request: FetchRequest): Dispatcher;
  close(): Promise<void>;
}

export function createDispatchers(perHost: number, resolve: Resolve | null): Dispatchers {
  const made = new Map<string, Dispatcher>();
  return {
    for(request) {
      const key = `${request.allowPrivateAddresses ? 'open' : 'guarded'} ${request.proxy ?? ''}`;
      const known = made.get(key);
      if (known !== undefined) return known;
      const fresh = request.proxy === null ? direct(request, perHost, resolve) : through(request.proxy, perHost);
      made.set(key, fresh);
      return fresh;
    },
    async close() {
      await Promise.all([...made.values()].map((dispatcher) => dispatcher.destroy()));
    },
  };
}

function clientOptions(perHost: number) {
  return {
    connections: perHost,
    pipelining: 1,
    maxHeaderSize: 32 * 1024,
    keepAliveTimeout: 4_000,
    keepAliveMaxTimeout: 10_000,
    strictContentLength: true,
    allowH2: false,
  };
}

function direct(request: FetchRequest, perHost: number, resolve: Resolve | null): Dispatcher {
  const connect = request.allowPrivateAddresses ? openConnector() : guardedConnector();
  return new Agent({
    ...clientOptions(perHost),
    connect: resolve === null ? connect : resolvingConnector(resolve, connect),
  });
}

/** http goes through as it is, https by CONNECT. The proxy itself is the editor's word and may be anywhere; what it resolves, it guards. */
function through(proxy: string, perHost: number): Dispatcher {
  const ProxyAgent = loadProxyAgent();
  const options = clientOptions(perHost);
  return new ProxyAgent({
    uri: proxy,
    proxyTunnel: false,
    ...options,
    factory: (origin: string | URL, more: object) => new Pool(origin, { ...more, ...options }),
  });
}

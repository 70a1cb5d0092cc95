/** The pools of connections: one for public addresses, one for sources that may go anywhere, one for each proxy. */
import { createRequire } from 'node:module';
import type { FetchRequest } from '../model/fetch.js';
import { guardedConnector, openConnector, type Resolve, resolvingConnector } from './connector.js';
import { createDirect } from './direct.js';
import type { Dispatcher } from './dispatcher.js';

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

function direct(request: FetchRequest, perHost: number, resolve: Resolve | null): Dispatcher {
  const connector = request.allowPrivateAddresses ? openConnector : guardedConnector;
  return createDirect(perHost, resolve === null ? connector : resolvingConnector(resolve, connector));
}

/** http goes through as it is, https by CONNECT. The proxy itself is the editor's word and may be anywhere; what it resolves, it guards. */
function through(proxy: string, perHost: number): Dispatcher {
  const { Pool, ProxyAgent } = createRequire(import.meta.url)('undici') as typeof import('undici');
  const options = {
    connections: perHost,
    pipelining: 1,
    maxHeaderSize: 32 * 1024,
    keepAliveTimeout: 4_000,
    keepAliveMaxTimeout: 10_000,
    strictContentLength: true,
    allowH2: false,
  };
  const agent = new ProxyAgent({
    uri: proxy,
    proxyTunnel: false,
    ...options,
    factory: (origin: string | URL, more: object) => new Pool(origin, { ...more, ...options }),
  });
  return {
    dispatch: ({ url, ...ask }, hearer) =>
      void agent.dispatch({ ...ask, origin: url.origin, path: url.pathname + url.search }, hearer),
    destroy: () => agent.destroy(),
  };
}

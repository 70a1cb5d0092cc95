/** Servers on loopback with given behaviour, and a fetcher for them. */
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket, type Server as TcpServer } from 'node:net';
import { createHttpFetcher, type HttpFetcherOptions } from '../../src/fetch/http.js';
import type { FetchRequest } from '../../src/model/fetch.js';

export interface Loopback {
  readonly port: number;
  readonly url: string;
  close(): Promise<void>;
}

export function serveHttp(listener: RequestListener, host = '127.0.0.1'): Promise<Loopback> {
  return listening(createServer(listener), host);
}

/** Calls `talk` with the socket once the first bytes of a request have arrived. */
export function serveRaw(talk: (socket: Socket) => void): Promise<Loopback> {
  const server = createTcpServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => talk(socket));
  });
  return listening(server, '127.0.0.1');
}

async function listening(server: Server | TcpServer, host: string): Promise<Loopback> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { port, url: `http://${host}:${port}/feed`, close };
}

export function aFetcher(options: Partial<HttpFetcherOptions> = {}) {
  return createHttpFetcher({
    timeoutMs: 20_000,
    maxBytes: 1_000_000,
    perHost: 2,
    userAgent: 'newsloom/0.1.0 (+mailto:editor@example.org)',
    ...options,
  });
}

export function aRequest(url: string, parts: Partial<FetchRequest> = {}): FetchRequest {
  return { url, validators: null, headers: {}, proxy: null, allowPrivateAddresses: true, ...parts };
}

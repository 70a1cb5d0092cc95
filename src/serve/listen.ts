/** Starts and stops an HTTP server. */
import { createServer, type RequestListener, type ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';
import { portLimit } from '../app/file-limits.js';

/** Milliseconds after which a connection is ended on which nothing is sent or read: a client that does not take its answer. */
const SILENCE = 30_000;
/** Milliseconds that a client has for its headers, for its whole request, and until its next one. */
const LIMITS: ServerOptions = {
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
};

export interface Listening {
  /** `http://127.0.0.1:8080/` */
  readonly url: string;
  /** Waits for responses in progress, one second at most. */
  close(): Promise<void>;
}

/** Port 0: any free port. Rejects with the system's error where the port cannot be opened. */
export async function listen(listener: RequestListener, port: number, host: string): Promise<Listening> {
  const server = createServer(LIMITS, listener);
  server.maxConnections = portLimit();
  server.maxRequestsPerSocket = 100;
  server.setTimeout(SILENCE);
  await new Promise<void>((resolve, reject) => {
    // Also later: a connection that the system cannot take is none of ours, and ends no process.
    server.on('error', reject);
    server.listen(port, host, () => resolve());
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}/`,
    close: () =>
      new Promise((resolve) => {
        const patience = setTimeout(() => server.closeAllConnections(), 1000);
        server.close(() => {
          clearTimeout(patience);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

/** Starts and stops an HTTP server. */
import { createServer, type RequestListener, type ServerOptions } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Connections, and files that are being sent. */
export const MOST_CONNECTIONS = 500;

/** Milliseconds after which an inactive connection is closed. */
const SILENCE = 30_000;
/** Milliseconds for the headers, the whole request, and an idle connection. */
const LIMITS: ServerOptions = {
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
};

export interface Listening {
  /** `http://127.0.0.1:8080/` */
  readonly url: string;
  /** Waits at most one second for pending responses. */
  close(): Promise<void>;
}

/** False: broken percent-encoding (`/%zz`), or no path at all. RFC 9112 3.2 also allows a whole address. */
function isWellFormedTarget(target: string): boolean {
  try {
    decodeURIComponent(target.split(/[?#]/, 1)[0]!);
    return /^(?:\/|https?:\/\/)/i.test(target);
  } catch {
    return false;
  }
}

/** Port 0: any free port. Rejects with the system's error if the port cannot be opened. */
export async function listen(listener: RequestListener, port: number, host: string): Promise<Listening> {
  const server = createServer(LIMITS, (request, response) => {
    if (isWellFormedTarget(request.url ?? '/')) return listener(request, response);
    response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
    response.end('malformed request target\n');
  });
  server.maxConnections = MOST_CONNECTIONS;
  server.maxRequestsPerSocket = 100;
  server.setTimeout(SILENCE);
  await new Promise<void>((resolve, reject) => {
    // Stays attached, so that later errors of single connections do not end the process.
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

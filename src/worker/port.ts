/** One port for all who ask the worker: probes, Prometheus, and readers of the published folder. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from '../observe/metrics.js';
import { folderHandler } from '../serve/folder.js';
import type { Readiness } from './readiness.js';

export interface PortOptions {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  /** The published folder as it is now. */
  readonly dir: () => string;
  readonly readiness: Readiness;
  readonly metrics: Metrics;
}

export interface OpenPort {
  /** `http://127.0.0.1:8080/` */
  readonly url: string;
  /** Lets answers under way finish, a second at most. */
  close(): Promise<void>;
}

/** Rejects where the port is taken or not allowed. */
export async function openPort(options: PortOptions): Promise<OpenPort> {
  const { host, port } = options;
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0]!;
    const answer = ANSWERS[path];
    if (answer === undefined) return folderHandler(options.dir())(request, response);
    answer(options).then(
      (said) => say(request, response, said),
      () => say(request, response, { status: 500, body: 'something went wrong here\n' }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
  const taken = (server.address() as AddressInfo).port;
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

interface Said {
  readonly status: number;
  readonly body: string;
  readonly type?: string;
}

/** Before the published folder, which holds none of these names. */
const ANSWERS: Readonly<Record<string, (options: PortOptions) => Promise<Said>>> = {
  '/healthz': async () => ({ status: 200, body: 'ok\n' }),
  '/readyz': async ({ readiness: { why } }) =>
    why === null ? { status: 200, body: 'ready\n' } : { status: 503, body: `${why}\n` },
  '/metrics': async ({ metrics }) => ({ status: 200, body: await metrics.text(), type: metrics.contentType }),
};

function say(request: IncomingMessage, response: ServerResponse, { status, body, type }: Said): void {
  response.writeHead(status, {
    'content-type': type ?? 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-length': Buffer.byteLength(body),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

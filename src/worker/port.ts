/** The worker's HTTP port: health probes, metrics and the published folder. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { parseHubToken } from '../app/hub-callbacks.js';
import { missingPackages } from '../model/optional-packages.js';
import type { Metrics } from '../observe/metrics.js';
import { createFolderHandler, isReadRequest, METHOD_NOT_ALLOWED_HEADERS, type ServedFolder } from '../serve/folder.js';
import { type Listening, listen } from '../serve/listen.js';
import { answerHub, type HubPortOptions, type PortReply } from './hub-port.js';
import type { Readiness } from './readiness.js';

export interface PortOptions {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** The published folder, which a reload may change; null: published to a bucket. */
  readonly folder: () => ServedFolder | null;
  readonly readiness: Readiness;
  readonly metrics: Metrics;
  readonly hubs: HubPortOptions;
}

/** Rejects if the port is in use or not permitted. */
export function openPort(options: PortOptions): Promise<Listening> {
  const answerAll: RequestListener = (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0]!;
    const token = parseHubToken(path);
    const send = (reply: Promise<PortReply>) =>
      void reply.then(
        (said) => sendReply(request, response, said),
        () => sendReply(request, response, { status: 500, body: 'internal error: see the log\n' }),
      );
    if (token !== null) return send(answerHub(request, token, options.hubs));
    const answer = REPLIES[path];
    const folder = options.folder();
    if (answer === undefined && folder !== null) return createFolderHandler(folder)(request, response);
    if (answer === undefined)
      return sendReply(request, response, { status: 404, body: 'the section is published to a bucket (publish.s3)\n' });
    if (!isReadRequest(request))
      return sendReply(request, response, {
        status: 405,
        body: 'only GET and HEAD\n',
        headers: METHOD_NOT_ALLOWED_HEADERS,
      });
    send(answer(options));
  };
  return listen(answerAll, options.port, options.host);
}

const REPLIES: Readonly<Record<string, (options: PortOptions) => Promise<PortReply>>> = {
  '/healthz': async () => ({ status: 200, body: 'ok\n' }),
  '/readyz': async ({ readiness: { why, detail } }) => ({
    status: why === null ? 200 : 503,
    body: `${why ?? 'ready'}\n${detail === null ? '' : `${detail}\n`}`,
  }),
  '/metrics': async ({ metrics }) => {
    const body = await metrics.text();
    if (body === null) return { status: 501, body: `${missingPackages('/metrics', 'prom-client')}\n` };
    return { status: 200, body, type: metrics.contentType };
  },
};

function sendReply(
  request: IncomingMessage,
  response: ServerResponse,
  { status, body, type, headers }: PortReply,
): void {
  response.writeHead(status, {
    ...headers,
    'content-type': type ?? 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-length': Buffer.byteLength(body),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** A proxy in front of an object store that counts requests, and breaks some of them. */
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `lost`: the store accepts the request, and its answer is dropped; a status: the store never receives the request. */
type Breaking = 'lost' | number | null;

export interface ObjectProxy {
  readonly endpoint: string;
  /** `PUT /bucket/all.rss`, without the query, in order. */
  readonly requests: string[];
  /** Maximum number of keys per page of a list; null: the store's limit. */
  pageSize: number | null;
  /** By request, as in `requests`; null: forwarded. */
  breaks: (request: string) => Breaking | Promise<Breaking>;
  close(): Promise<void>;
}

export async function startObjectProxy(behind: string): Promise<ObjectProxy> {
  const { hostname, port } = new URL(behind);
  const pass = (request: IncomingMessage, response: ServerResponse, body: Buffer, lost: boolean) => {
    const { method, url = '/', headers } = request;
    const isPaged = proxy.pageSize !== null && url.includes('list-type=');
    const path = isPaged ? `${url}&max-keys=${proxy.pageSize}` : url;
    const sent = httpRequest({ hostname, port, method, path, headers }, (answer) => {
      if (lost) {
        answer.resume().once('end', () => request.socket.destroy());
        return;
      }
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    sent.once('error', () => request.socket.destroy());
    sent.end(body);
  };
  const proxy: Omit<ObjectProxy, 'endpoint' | 'close'> = { requests: [], pageSize: null, breaks: () => null };
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const name = `${request.method} ${request.url!.split('?', 1)[0]}`;
    proxy.requests.push(name);
    const breaking = await proxy.breaks(name);
    if (typeof breaking === 'number') response.writeHead(breaking).end('<Error><Code>SlowDown</Code></Error>');
    else pass(request, response, Buffer.concat(parts), breaking === 'lost');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(proxy, {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  });
}

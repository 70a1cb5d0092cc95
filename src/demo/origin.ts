/** Web server of the sample publications, on loopback: supports conditional requests and logs all requests. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { publications, type SamplePublication } from './publications.js';

export interface LoggedRequest {
  readonly host: string;
  readonly path: string;
  readonly status: number;
}

export interface SampleOrigin {
  readonly port: number;
  readonly log: readonly LoggedRequest[];
  close(): Promise<void>;
}

interface Page {
  readonly body: Buffer;
  readonly etag: string;
  readonly contentType: string;
}

/** Fixed, as part of the sample data. */
const LAST_MODIFIED = 'Sun, 22 Nov 2026 18:10:00 GMT';

export async function startSampleOrigin(): Promise<SampleOrigin> {
  const pages = new Map(await Promise.all(publications.map(async (one) => [one.host, await pageFor(one)] as const)));
  const log: LoggedRequest[] = [];
  const server = createServer((request, response) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/u, '');
    const status = respond(request, response, pages.get(host));
    log.push({ host, path: request.url ?? '', status });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, log, close: () => closed(server) };
}

async function pageFor({ file, contentType }: SamplePublication): Promise<Page> {
  const body = await readFile(new URL(`./publications/${file}`, import.meta.url));
  return { body, contentType, etag: `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"` };
}

/** RFC 9110 13.2.2: If-None-Match takes precedence where it is sent. */
function respond(request: IncomingMessage, response: ServerResponse, page: Page | undefined): number {
  if (page === undefined || request.url !== '/feed') return reply(response, 404, {});
  const validators = { ETag: page.etag, 'Last-Modified': LAST_MODIFIED, 'Cache-Control': 'max-age=900' };
  if (request.headers['if-none-match'] === page.etag) return reply(response, 304, validators);
  return reply(response, 200, { ...validators, 'Content-Type': page.contentType }, page.body);
}

function reply(response: ServerResponse, status: number, headers: Record<string, string>, body?: Buffer): number {
  response.writeHead(status, headers).end(body);
  return status;
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Serves the sample publications on loopback. Supports conditional requests and logs all requests. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
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

/** Drawn by scripts/demo-pictures.mjs. */
export const PICTURES = new URL('./pictures/', import.meta.url);

export async function startSampleOrigin(): Promise<SampleOrigin> {
  const pages = new Map<string, Page>();
  for (const one of publications) for (const [path, page] of await loadPages(one)) pages.set(one.host + path, page);
  const log: LoggedRequest[] = [];
  const server = createServer((request, response) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/u, '');
    const status = respond(request, response, pages.get(host + request.url));
    log.push({ host, path: request.url ?? '', status });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, log, close: () => closeServer(server) };
}

/** Maps paths to the feed, its pictures, and a home page if there is an icon. */
async function loadPages({ host, file, contentType }: SamplePublication): Promise<Map<string, Page>> {
  const feed = await readFile(new URL(`./publications/${file}`, import.meta.url));
  const pages = new Map([['/feed', toPage(feed, contentType)]]);
  const icon = `${host.replace(/\.example$/, '')}.png`;
  for (const name of await readdir(PICTURES)) {
    const bytes = await readFile(new URL(name, PICTURES));
    if (name.endsWith('.webp') && feed.includes(`/img/${name}`)) pages.set(`/img/${name}`, toPage(bytes, 'image/webp'));
    if (name === icon)
      pages.set('/', toPage(Buffer.from(HOME), 'text/html')).set('/icon.png', toPage(bytes, 'image/png'));
  }
  return pages;
}

const HOME =
  '<!doctype html><title>Invented news</title><link rel="icon" type="image/png" sizes="32x32" href="/icon.png">\n';

function toPage(body: Buffer, contentType: string): Page {
  return { body, contentType, etag: `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"` };
}

/** If-None-Match takes precedence (RFC 9110 13.2.2). */
function respond(request: IncomingMessage, response: ServerResponse, page: Page | undefined): number {
  if (page === undefined) return reply(response, 404, {});
  const validators = { ETag: page.etag, 'Last-Modified': LAST_MODIFIED, 'Cache-Control': 'max-age=900' };
  if (request.headers['if-none-match'] === page.etag) return reply(response, 304, validators);
  return reply(response, 200, { ...validators, 'Content-Type': page.contentType }, page.body);
}

function reply(response: ServerResponse, status: number, headers: Record<string, string>, body?: Buffer): number {
  response.writeHead(status, headers).end(body);
  return status;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

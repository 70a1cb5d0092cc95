/** A publisher's server on loopback: documents by path, ETags, and a log of requests. */
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Served {
  readonly body: string | Uint8Array;
  readonly type?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface FeedServer {
  readonly url: string;
  /** Documents by path; null: the server drops the connection. */
  readonly pages: Map<string, Served | null>;
  readonly requests: {
    readonly path: string;
    readonly status: number;
    readonly headers: Readonly<Record<string, unknown>>;
  }[];
  close(): Promise<void>;
}

export async function serveFeeds(pages: Readonly<Record<string, Served | string>> = {}): Promise<FeedServer> {
  const served = new Map<string, Served | null>(
    Object.entries(pages).map(([path, page]) => [path, typeof page === 'string' ? { body: page } : page]),
  );
  const requests: FeedServer['requests'] = [];
  const server: Server = createServer((request, response) => {
    const path = request.url ?? '/';
    const page = served.get(path);
    const log = (status: number) => requests.push({ path, status, headers: request.headers });
    if (page === null) {
      log(0);
      request.socket.destroy();
      return;
    }
    if (page === undefined) {
      log(404);
      response.writeHead(404).end();
      return;
    }
    const body = Buffer.from(page.body as string);
    const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 12)}"`;
    const status = page.status ?? (request.headers['if-none-match'] === etag ? 304 : 200);
    log(status);
    response.writeHead(status, { 'Content-Type': page.type ?? 'application/rss+xml', ETag: etag, ...page.headers });
    response.end(status === 304 ? undefined : body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pages: served,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export interface RssItem {
  readonly title: string;
  readonly link?: string;
  readonly guid?: string | null;
  /** ISO 8601; null: none. */
  readonly date?: string | null;
  readonly description?: string;
  readonly category?: string;
  readonly xml?: string;
}

/** An ordinary RSS 2.0 document. */
export function rss(title: string, items: readonly RssItem[], home = 'https://paper.example/'): string {
  const written = items.map(({ title: head, link, guid, date, description, category, xml }, i) => {
    const url = link ?? `${home}${head.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
    const id = guid === undefined ? url : guid;
    const day = date === undefined ? `2026-11-24T0${Math.max(0, 8 - i)}:00:00Z` : date;
    return `<item><title>${head}</title><link>${url}</link>${id === null ? '' : `<guid isPermaLink="false">${id}</guid>`}${
      day === null ? '' : `<pubDate>${new Date(day).toUTCString()}</pubDate>`
    }<description>${description ?? `All about it: ${head}.`}</description>${
      category === undefined ? '' : `<category>${category}</category>`
    }${xml ?? ''}</item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${title}</title><link>${home}</link><description>News</description>${written.join('')}</channel></rss>`;
}

import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { aFetcher, aRequest, serveHttp, serveRaw } from '../support/loopback.js';

const closers: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});
const signal = new AbortController().signal;

/** Answers absolute-form requests itself and tunnels CONNECT to `port`. */
async function aProxy(port: number) {
  const asked: { line: string; headers: IncomingMessage['headers'] }[] = [];
  const server: Server = createServer((request, response) => {
    asked.push({ line: `${request.method} ${request.url}`, headers: request.headers });
    response.end('through the proxy');
  });
  server.on('connect', (request, socket) => {
    asked.push({ line: `${request.method} ${request.url}`, headers: request.headers });
    const target = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      target.pipe(socket).pipe(target);
    });
    target.on('error', () => socket.destroy());
    socket.on('error', () => target.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(
    () => server.closeAllConnections(),
    () => server.close(),
  );
  return { asked, url: `http://ann:pass@127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('a proxy', () => {
  it('forwards http with its own credentials, not those of the source', async () => {
    const proxy = await aProxy(0);
    const fetcher = aFetcher();
    closers.unshift(() => fetcher.close());
    const url = 'http://bob:word@paper.example/feed';
    const result = await fetcher.fetch(aRequest(url, { proxy: proxy.url, allowPrivateAddresses: false }), signal);
    expect(result.kind === 'fresh' && Buffer.from(result.body).toString()).toBe('through the proxy');
    expect(proxy.asked).toHaveLength(1);
    expect(proxy.asked[0]).toMatchObject({
      line: 'GET http://paper.example/feed',
      headers: {
        host: 'paper.example',
        'proxy-authorization': `Basic ${btoa('ann:pass')}`,
        authorization: `Basic ${btoa('bob:word')}`,
      },
    });
  });

  it('tunnels https, and its refusal is reported', async () => {
    const proxy = await aProxy(9);
    const fetcher = aFetcher();
    closers.unshift(() => fetcher.close());
    const result = await fetcher.fetch(aRequest('https://paper.example/feed', { proxy: proxy.url }), signal);
    expect(result.kind).toBe('failed');
    expect(proxy.asked[0]?.line).toBe('CONNECT paper.example:443');
  });

  it('does not bypass the address check for literals', async () => {
    const secret = await serveHttp((_, response) => void response.end('secret'));
    const proxy = await aProxy(secret.port);
    const fetcher = aFetcher();
    closers.unshift(
      () => fetcher.close(),
      () => secret.close(),
    );
    for (const url of [secret.url, secret.url.replace('127.0.0.1', 'localhost')]) {
      const result = await fetcher.fetch(aRequest(url, { proxy: proxy.url, allowPrivateAddresses: false }), signal);
      expect(result.kind === 'failed' && result.error.code).toBe('FETCH_FORBIDDEN');
    }
    expect(proxy.asked).toEqual([]);
  });

  it('that requires a password is named in the message', async () => {
    const server = await serveHttp((_, response) => void response.writeHead(407).end());
    const fetcher = aFetcher();
    closers.push(
      () => fetcher.close(),
      () => server.close(),
    );
    const result = await fetcher.fetch(
      aRequest('http://paper.example/feed', { proxy: new URL(server.url).origin }),
      signal,
    );
    expect(result.kind === 'failed' && result.error.message).toMatch(/proxy/);
  });

  it('that refuses a tunnel is reported, not confused with the source', async () => {
    const server = await serveRaw((socket) => socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 5\r\n\r\nnever'));
    const fetcher = aFetcher();
    closers.push(
      () => fetcher.close(),
      () => server.close(),
    );
    const { origin } = new URL(server.url);
    const result = await fetcher.fetch(aRequest('https://paper.example/feed', { proxy: origin }), signal);
    expect(result.kind === 'failed' && result.error).toMatchObject({ message: expect.stringMatching(/proxy/) });
    expect(result.kind === 'failed' && result.status).toBe(null);
  });

  it('that never responds delays no other request and is disconnected after the last one', async () => {
    const ended = new Promise<void>((resolve) => {
      void serveRaw((socket) => void socket.once('close', () => resolve())).then(async (server) => {
        closers.push(() => server.close());
        const fetcher = aFetcher({ timeoutMs: 1_000 });
        const { origin } = new URL(server.url);
        const result = await fetcher.fetch(aRequest('https://paper.example/feed', { proxy: origin }), signal);
        expect(result.kind === 'failed' && result.error.code).toBe('FETCH_TIMEOUT');
        await fetcher.close();
      });
    });
    await ended;
  });
});

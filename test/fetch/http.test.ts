import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import zlib from 'node:zlib';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { FetchRequest, FetchResult } from '../../src/model/fetch.js';
import { aFetcher, aRequest, type Loopback, serveHttp, serveRaw } from '../support/loopback.js';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function origin(listener: RequestListener): Promise<Loopback> {
  const server = await serveHttp(listener);
  closers.push(() => server.close());
  return server;
}

async function ask(request: FetchRequest, options: Parameters<typeof aFetcher>[0] = {}): Promise<FetchResult> {
  const fetcher = aFetcher(options);
  closers.push(() => fetcher.close());
  return fetcher.fetch(request, new AbortController().signal);
}

function outcome(result: FetchResult): string {
  return result.kind === 'failed' ? `${result.error.code} ${result.error.details.reason}` : result.kind;
}

/** Short only if a timeout is expected, so that a busy machine causes no timeouts. */
const timeoutFor = (expected: string) => (expected === 'FETCH_TIMEOUT total' ? { timeoutMs: 1_000 } : {});

type Serve = (request: IncomingMessage, response: ServerResponse) => void;
const send =
  (status: number, headers: Record<string, string | number> = {}, body: string | Buffer = ''): Serve =>
  (_, response) => {
    response.writeHead(status, headers);
    response.end(body);
  };

describe('a large document', () => {
  const large = Buffer.alloc(900_000, 'x');
  const packed = { 'Content-Encoding': 'gzip' };

  it.each([
    ['of known length', { 'Content-Length': 900_000 }, large, 900_000],
    ['of unknown length', {}, large, 1_000_000],
    ['that is compressed', packed, zlib.gzipSync(large), 1_000_000],
    ['that is small', {}, large.subarray(0, 200_000), null],
    ['that is small when decompressed', packed, zlib.gzipSync(large.subarray(0, 200_000)), null],
  ] as const)('%s waits for memory only if necessary, without counting the time', async (_, headers, body, bytes) => {
    const server = await origin(send(200, headers, body));
    const asked: number[] = [];
    const fetcher = aFetcher({ timeoutMs: 1_000, maxBytes: 1_000_000 });
    closers.push(() => fetcher.close());
    const result = await fetcher.fetch(aRequest(server.url), new AbortController().signal, async (most) => {
      asked.push(most);
      await sleep(1_200);
    });
    expect(outcome(result)).toBe('fresh');
    expect(asked).toEqual(bytes === null ? [] : [bytes]);
  });

  it('is aborted with the run while it waits', async () => {
    const server = await origin(send(200, {}, large));
    const run = new AbortController();
    const fetcher = aFetcher({ maxBytes: 1_000_000 });
    closers.push(() => fetcher.close());
    const never = new Promise<void>(() => setTimeout(() => run.abort(new Error('the run is over')), 50));
    await expect(fetcher.fetch(aRequest(server.url), run.signal, () => never)).rejects.toThrow('the run is over');
  });
});

describe('a successful response', () => {
  it('returns the body, unchanged validators and the kept headers', async () => {
    const headers = {
      ETag: 'W/"odd \u00e9"',
      'Last-Modified': 'yesterday, more or less',
      'Content-Type': 'application/rss+xml',
      'Set-Cookie': 'a=b',
      'Cache-Control': 'max-age=60',
    };
    const server = await origin(send(200, headers, '<rss/>'));
    const result = await ask(aRequest(server.url));
    expect(result).toMatchObject({
      kind: 'fresh',
      status: 200,
      contentType: 'application/rss+xml',
      partial: false,
      finalUrl: server.url,
      hops: [],
      wireBytes: 6,
      validators: { url: server.url, etag: 'W/"odd \u00e9"', lastModified: 'yesterday, more or less' },
      headers: { 'cache-control': 'max-age=60' },
    });
    expect(result.headers).not.toHaveProperty('set-cookie');
    expect(result.kind === 'fresh' && Buffer.from(result.body).toString()).toBe('<rss/>');
  });

  it('is requested with name, contact and feed types, and without cookies or referrer', async () => {
    let seen: IncomingMessage['headers'] = {};
    let path = '';
    const server = await origin((request, response) => {
      seen = request.headers;
      path = request.url ?? '';
      send(200)(request, response);
    });
    await ask(aRequest(`${server.url}?a=1#part`));
    expect(path).toBe('/feed?a=1');
    expect(seen['user-agent']).toBe('newsloom/0.1.0 (+mailto:editor@example.org)');
    expect(seen.accept).toMatch(/^application\/rss\+xml, application\/atom\+xml.*\*\/\*;q=0\.1$/);
    expect(seen['accept-encoding']).toMatch(/^gzip, br(, zstd)?$/);
    expect(Object.keys(seen).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host', 'user-agent']);
  });

  it('sends validators back unchanged and accepts a 304', async () => {
    let seen: string[] = [];
    const server = await origin((request, response) => {
      seen = request.rawHeaders;
      send(304, { ETag: '"new"' })(request, response);
    });
    const validators = { url: server.url, etag: 'W/"odd \u00e9"', lastModified: 'yesterday, more or less' };
    const result = await ask(aRequest(server.url, { validators }));
    expect(result).toMatchObject({ kind: 'not-modified', validators: { etag: '"new"', lastModified: null } });
    expect(seen[seen.indexOf('if-none-match') + 1]).toBe('W/"odd \u00e9"');
    expect(seen[seen.indexOf('if-modified-since') + 1]).toBe('yesterday, more or less');
    expect(seen[seen.indexOf('a-im') + 1]).toBe('feed');
  });

  it.each([
    ['gzip', zlib.gzipSync('text')],
    ['x-gzip', zlib.gzipSync('text')],
    ['br', zlib.brotliCompressSync('text')],
    ['identity', Buffer.from('text')],
    ['utf-8', Buffer.from('text')],
    ['gzip', Buffer.concat([zlib.gzipSync('te'), zlib.gzipSync('xt')])],
  ])('unpacks %s', async (encoding, body) => {
    const server = await origin(send(200, { 'Content-Encoding': encoding }, body));
    const result = await ask(aRequest(server.url));
    expect(result.kind === 'fresh' && Buffer.from(result.body).toString()).toBe('text');
  });

  it('may be a partial list (RFC 3229)', async () => {
    const server = await origin(send(226, { IM: 'feed' }, 'x'));
    expect(await ask(aRequest(server.url))).toMatchObject({ kind: 'fresh', partial: true, status: 226 });
  });
});

it('uses the first value of a repeated single field and all values of a list', async () => {
  const { url } = await origin(({ url: path }, response) => {
    const twice = (value: string) => [value, value] as unknown as string;
    if (path === '/feed') response.writeHead(301, { Location: twice('/moved') }).end();
    else
      response
        .writeHead(429, { 'Retry-After': twice('7200'), Link: ['<a>; rel=hub', '<b>; rel=self'], ETag: twice('"a"') })
        .end();
  });
  const result = await ask(aRequest(url));
  expect(result).toMatchObject({
    status: 429,
    finalUrl: url.replace('/feed', '/moved'),
    headers: { 'retry-after': '7200', etag: '"a"', link: '<a>; rel=hub, <b>; rel=self' },
  });
});

describe('redirects', () => {
  it('are followed and recorded', async () => {
    const server = await origin((request, response) => {
      if (request.url === '/feed') send(301, { Location: '/two' })(request, response);
      else if (request.url === '/two') send(302, { Location: '/th\u00c3\u00a9' })(request, response);
      else send(200, {}, request.url)(request, response);
    });
    const base = `http://127.0.0.1:${server.port}`;
    const result = await ask(aRequest(server.url));
    expect(result).toMatchObject({
      kind: 'fresh',
      finalUrl: `${base}/th%C3%A9`,
      hops: [
        { status: 301, from: server.url, to: `${base}/two` },
        { status: 302, from: `${base}/two`, to: `${base}/th%C3%A9` },
      ],
    });
  });

  it('send headers and credentials only to the source origin, and never override connection headers', async () => {
    let seen: IncomingMessage['headers'] = {};
    const server = await origin((request, response) => {
      seen = request.headers;
      send(200)(request, response);
    });
    const url = server.url.replace('http://', 'http://ann:pass@');
    const headers = { 'X-Key': 'k', Cookie: 'c', Host: 'other', 'If-None-Match': '"mine"' };
    const result = await ask(aRequest(url, { headers }));
    expect(result.finalUrl).toBe(server.url);
    expect(seen).toMatchObject({ authorization: `Basic ${btoa('ann:pass')}`, 'x-key': 'k', cookie: 'c' });
    expect(seen.host).toBe(`127.0.0.1:${server.port}`);
    expect(seen).not.toHaveProperty('if-none-match');
  });

  it('send validators only to their URL and drop headers for another host', async () => {
    const seen: IncomingMessage['headers'][] = [];
    const server = await serveHttp((request, response) => {
      seen.push(request.headers);
      const second = request.socket.localAddress === '127.0.0.2';
      if (second) send(304)(request, response);
      else send(302, { Location: `http://127.0.0.2:${port}/feed` })(request, response);
    }, '0.0.0.0');
    closers.push(() => server.close());
    const { port } = server;
    const validators = { url: `http://127.0.0.2:${port}/feed`, etag: '"t"', lastModified: null };
    const result = await ask(
      aRequest(`http://ann:pass@127.0.0.1:${port}/feed`, { validators, headers: { 'X-Key': 'k' } }),
    );
    expect(result.kind).toBe('not-modified');
    expect(seen[0]).not.toHaveProperty('if-none-match');
    expect(seen[1]).toMatchObject({ 'if-none-match': '"t"' });
    expect(seen[1]).not.toHaveProperty('x-key');
    expect(seen[1]).not.toHaveProperty('authorization');
  });

  it.each<[string, string | undefined, string]>([
    ['itself', '/feed', 'FETCH_REDIRECT loop'],
    ['nowhere', undefined, 'FETCH_REDIRECT no-location'],
    ['no address', 'http://[zz', 'FETCH_REDIRECT bad-url'],
    ['a file', 'file:///etc/passwd', 'FETCH_FORBIDDEN scheme'],
    ['data', 'data:text/xml,<rss/>', 'FETCH_FORBIDDEN scheme'],
    ['credentials', 'http://ann@127.0.0.1/', 'FETCH_FORBIDDEN credentials'],
    ['port 22', 'http://127.0.0.1:22/', 'FETCH_FORBIDDEN port'],
  ])('to %s are refused', async (_, location, expected) => {
    const server = await origin(send(302, location === undefined ? {} : { Location: location }));
    expect(outcome(await ask(aRequest(server.url)))).toBe(expected);
  });

  it('end after five hops', async () => {
    let requests = 0;
    const server = await origin((request, response) => {
      requests++;
      send(302, { Location: `${request.url}x` })(request, response);
    });
    expect(outcome(await ask(aRequest(server.url)))).toBe('FETCH_REDIRECT too-many');
    expect(requests).toBe(6);
  });
});

describe('statuses', () => {
  const html = { 'Content-Type': 'text/html; charset=utf-8' };
  it.each<[number, Record<string, string>, string]>([
    [404, {}, 'FETCH_STATUS 404'],
    [410, html, 'FETCH_STATUS 410'],
    [500, html, 'FETCH_STATUS 500'],
    [204, {}, 'FETCH_STATUS 204'],
    [206, {}, 'FETCH_STATUS 206'],
    [403, {}, 'FETCH_STATUS 403'],
    [403, html, 'FETCH_BLOCKED page'],
    [403, { ...html, 'cf-mitigated': 'challenge' }, 'FETCH_BLOCKED challenge'],
    [200, { ...html, 'cf-mitigated': 'challenge' }, 'FETCH_BLOCKED challenge'],
    [503, html, 'FETCH_BLOCKED page'],
    [503, { ...html, 'Retry-After': '60' }, 'FETCH_RATE_LIMITED unavailable'],
    [503, {}, 'FETCH_RATE_LIMITED unavailable'],
    [429, {}, 'FETCH_RATE_LIMITED too-many'],
    [304, {}, 'FETCH_PROTOCOL unasked-304'],
  ])('%i %j is %s', async (status, headers, expected) => {
    const server = await origin(send(status, headers, [204, 304].includes(status) ? '' : 'body'));
    const result = await ask(aRequest(server.url));
    expect(outcome(result)).toBe(expected);
    expect(result.status).toBe(status);
  });
});

describe('attacks and faults over HTTP', () => {
  const gigabyte = Buffer.concat(Array(16).fill(zlib.gzipSync(Buffer.alloc(64 << 20), { level: 9 })));
  const brotli = zlib.brotliCompressSync(Buffer.alloc(128 << 20), {
    params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 3 },
  });
  const half = zlib.gzipSync(zlib.deflateRawSync(Buffer.from('a feed '.repeat(500))).toString('hex')).subarray(0, -20);
  it.each<[string, Serve, string]>([
    ['no answer', () => {}, 'FETCH_TIMEOUT total'],
    [
      'a body that trickles',
      (_, r) => {
        r.writeHead(200);
        const t = setInterval(() => r.write('x'), 20);
        r.on('close', () => clearInterval(t));
      },
      'FETCH_TIMEOUT total',
    ],
    ['a gzip bomb', send(200, { 'Content-Encoding': 'gzip' }, gigabyte), 'FETCH_TOO_LARGE wire'],
    [
      'a smaller gzip bomb',
      send(200, { 'Content-Encoding': 'gzip' }, gigabyte.subarray(0, 900_000)),
      'FETCH_TOO_LARGE decoded',
    ],
    ['a brotli bomb', send(200, { 'Content-Encoding': 'br' }, brotli), 'FETCH_TOO_LARGE decoded'],
    [
      'gzip twice',
      send(200, { 'Content-Encoding': 'gzip, gzip' }, zlib.gzipSync(zlib.gzipSync('x'))),
      'FETCH_ENCODING unsupported',
    ],
    ['an unknown coding', send(200, { 'Content-Encoding': 'rot13' }, 'x'), 'FETCH_ENCODING unsupported'],
    ['invalid gzip data', send(200, { 'Content-Encoding': 'gzip' }, 'notgzip'), 'FETCH_ENCODING damaged'],
    ['half a gzip', send(200, { 'Content-Encoding': 'gzip' }, half), 'FETCH_ENCODING damaged'],
    [
      'an endless body',
      (_, r) => {
        r.writeHead(200);
        const c = Buffer.alloc(1 << 16);
        const w = () => {
          while (!r.destroyed && r.write(c));
          if (!r.destroyed) r.once('drain', w);
        };
        w();
      },
      'FETCH_TOO_LARGE wire',
    ],
    [
      'a declared size of 5 GB',
      (_, r) => {
        r.writeHead(200, { 'Content-Length': 5e9 });
        r.write('x');
      },
      'FETCH_TOO_LARGE wire',
    ],
    [
      'an error page that never ends',
      (_, r) => {
        r.writeHead(404);
        const t = setInterval(() => r.write('x'.repeat(50_000)), 5);
        r.on('close', () => clearInterval(t));
      },
      'FETCH_STATUS 404',
    ],
  ])('%s', async (_, serve, expected) => {
    const server = await origin(serve);
    expect(outcome(await ask(aRequest(server.url), timeoutFor(expected)))).toBe(expected);
  });

  const rss = '<rss><channel/></rss>';
  it.each<[string, (socket: Socket) => void, string]>([
    [
      'headers that trickle',
      (c) => {
        c.write('HTTP/1.1 200 OK\r\n');
        const t = setInterval(() => c.write('X'), 50);
        c.on('close', () => clearInterval(t));
      },
      'FETCH_TIMEOUT total',
    ],
    [
      'headers without end',
      (c) => {
        c.write('HTTP/1.1 200 OK\r\n');
        let i = 0;
        const t = setInterval(() => c.write(`X-${i++}: ${'a'.repeat(1000)}\r\n`.repeat(20)), 5);
        c.on('close', () => clearInterval(t));
      },
      'FETCH_PROTOCOL headers-overflow',
    ],
    ['another protocol', (c) => c.end('SSH-2.0-OpenSSH\r\n'), 'FETCH_PROTOCOL not-http'],
    [
      'length and chunks at once',
      (c) => c.end(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n5\r\nhello\r\n0\r\n\r\n`),
      'FETCH_PROTOCOL not-http',
    ],
    [
      'a body shorter than declared',
      (c) => c.end(`HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n${rss}`),
      'FETCH_NETWORK reset',
    ],
    [
      'a last chunk that is missing',
      (c) => c.end(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n${rss.length.toString(16)}\r\n${rss}\r\n`),
      'FETCH_NETWORK reset',
    ],
    [
      'a reset',
      (c) => {
        c.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n');
        setTimeout(() => c.resetAndDestroy(), 20);
      },
      'FETCH_NETWORK reset',
    ],
    ['a close without a word', (c) => c.end(), 'FETCH_NETWORK reset'],
  ])('%s', async (_, talk, expected) => {
    const server = await serveRaw(talk);
    closers.push(() => server.close());
    expect(outcome(await ask(aRequest(server.url), timeoutFor(expected)))).toBe(expected);
  });

  it('reports a closed port', async () => {
    const server = await serveHttp(send(200));
    await server.close();
    expect(outcome(await ask(aRequest(server.url)))).toBe('FETCH_NETWORK refused');
  });

  it('needs little memory for a decompression bomb', async () => {
    const server = await origin(send(200, { 'Content-Encoding': 'br' }, brotli));
    const bomb = () => ask(aRequest(server.url), { maxBytes: 10_000_000 });
    await bomb(); // warm-up
    const before = process.memoryUsage.rss();
    await bomb();
    await bomb();
    expect(process.memoryUsage.rss() - before).toBeLessThan(50e6);
  });
});

describe('what cannot be sent', () => {
  it('is not stored as a validator', async () => {
    const server = await origin(send(200, { ETag: `"${'x'.repeat(5000)}"`, 'Last-Modified': '' }, 'x'));
    expect(await ask(aRequest(server.url))).toMatchObject({ validators: { etag: null, lastModified: null } });
  });

  it('is reported as a configured header', async () => {
    const server = await origin(send(200));
    expect(outcome(await ask(aRequest(server.url, { headers: { 'x-key': 'a\nb' } })))).toBe(
      'FETCH_PROTOCOL bad-header',
    );
  });
});

describe('any bytes at all', () => {
  it('lead to a result, not an exception', async () => {
    let bytes: Uint8Array = new Uint8Array();
    const server = await serveRaw((socket) => socket.end(bytes));
    const fetcher = aFetcher();
    closers.push(
      () => fetcher.close(),
      () => server.close(),
    );
    const head = fc.constantFrom(
      '',
      'HTTP/1.1 200 OK\r\n\r\n',
      'HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n',
      'HTTP/1.1 301 M\r\nLocation: ',
      'HTTP/1.1 101 S\r\nUpgrade: x\r\n\r\n',
    );
    await fc.assert(
      fc.asyncProperty(head, fc.uint8Array({ maxLength: 300 }), async (start, rest) => {
        bytes = Buffer.concat([Buffer.from(start), rest]);
        const result = await fetcher.fetch(aRequest(server.url), new AbortController().signal);
        expect(['fresh', 'failed']).toContain(result.kind);
        if (result.kind === 'failed') expect(result.error.message).toMatch(/^http:\/\/127\.0\.0\.1:\d+\//);
      }),
      { numRuns: 150 },
    );
  });
});

describe('messages', () => {
  it('contain the URL without its secrets', async () => {
    const server = await origin(send(404));
    const url = `http://ann:hunter2@127.0.0.1:${server.port}/feed?key=sesame`;
    const result = await ask(aRequest(url));
    const error = result.kind === 'failed' ? result.error : null;
    expect(error?.message).toBe(
      `http://127.0.0.1:${server.port}/feed?key=*** answered 404: there is no feed at this URL`,
    );
    expect(JSON.stringify([error, result.finalUrl, error?.details])).not.toMatch(/hunter2/);
  });
});

describe('an abort', () => {
  it('rejects a request with its reason', async () => {
    const server = await origin(() => {});
    const fetcher = aFetcher();
    closers.push(() => fetcher.close());
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('the run is over')), 20);
    await expect(fetcher.fetch(aRequest(server.url), controller.signal)).rejects.toThrow('the run is over');
  });
});

describe('a fetcher', () => {
  it('limits the connections per origin and reuses them', async () => {
    const ports = new Set<number>();
    const server = await origin((request, response) => {
      ports.add(request.socket.remotePort!);
      setTimeout(() => response.end('x'), 5);
    });
    const fetcher = aFetcher({ perHost: 2 });
    closers.push(() => fetcher.close());
    const signal = new AbortController().signal;
    const results = await Promise.all(Array.from({ length: 12 }, () => fetcher.fetch(aRequest(server.url), signal)));
    expect(results.map((result) => result.kind)).toEqual(Array(12).fill('fresh'));
    expect(ports.size).toBe(2);
  });
});

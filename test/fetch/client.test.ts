import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { deriveTimeouts, HttpClient, type HttpRequest, type RawHeaders } from '../../src/fetch/client.js';
import { aFetcher, aRequest, serveHttp, serveRaw } from '../support/loopback.js';
import { settled, testTimers } from '../support/test-timers.js';
import { thorough } from '../support/thorough.js';

const closers: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const never = new AbortController().signal;
const open = { proxy: null, allowPrivateAddresses: true };

function aGet(url: string): HttpRequest {
  return {
    url: new URL(url),
    method: 'GET',
    wants: 'document',
    headers: {},
    body: null,
    maxBytes: 1000,
    room: async () => {},
  };
}

/** Connects to a server that answers each request on a connection with the output of `talk`. */
async function connections(
  talk: (socket: Socket, nth: number) => void,
  timeouts: Partial<HttpClient['timeouts']> = {},
) {
  const opened: number[] = [];
  const server = await serveRaw((socket) => {
    const nth = opened.push(0) - 1;
    const answer = () => {
      opened[nth]!++;
      talk(socket, opened[nth]!);
    };
    answer();
    socket.on('data', answer);
  });
  const client = new HttpClient(1, null, undefined, { headers: 5_000, idle: 5_000, ...timeouts });
  closers.push(
    () => client.close(),
    () => server.close(),
  );
  const ask = async (): Promise<{ headers: RawHeaders; body: string }> => {
    const { headers, body } = await client.send(aGet(server.url), open, never);
    return { headers, body: Buffer.from(body).toString() };
  };
  /** Resolves when the server has received this many requests. */
  const heard = async (requests: number) => {
    while (opened.reduce((sum, more) => sum + more, 0) < requests) await settled();
  };
  return { ask, client, heard, opened };
}

const hello = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello';

describe('a connection', () => {
  it('times out without response headers', async () => {
    const time = testTimers();
    const { ask, heard } = await connections((socket) => socket.write('HTTP/1.1 200 OK\r\n'), { headers: 30 });
    const refused = expect(ask()).rejects.toMatchObject({ code: 'HEADERS_TIMEOUT' });
    await heard(1);
    await time.pass(30);
    await refused;
  });

  it.each([
    [5_000, 8_000],
    [20_000, 8_000],
    [30_000, 18_000],
  ])('may, of %i ms for a fetch, be silent for %i', (timeoutMs, silence) => {
    expect(deriveTimeouts(timeoutMs)).toEqual({ headers: silence, idle: silence });
  });

  thorough('waits longer than 8 s for headers where fetch.timeout is longer than usual', async () => {
    const server = await serveHttp((_, response) => setTimeout(() => response.end('hello'), 9_000));
    const fetcher = aFetcher({ timeoutMs: 60_000 });
    closers.push(
      () => fetcher.close(),
      () => server.close(),
    );
    expect(await fetcher.fetch(aRequest(server.url), never)).toMatchObject({ kind: 'fresh' });
  });

  it('times out without further body data, but not while data arrives', async () => {
    const time = testTimers();
    const half = await connections((socket) => socket.write(hello.slice(0, -1)), { idle: 30 });
    const refused = expect(half.ask()).rejects.toMatchObject({ code: 'BODY_TIMEOUT' });
    await half.heard(1);
    await time.pass(30);
    await refused;
    let server!: Socket;
    const slow = await connections(
      (socket) => {
        server = socket;
        socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      },
      { idle: 150 },
    );
    const answer = slow.ask();
    await slow.heard(1);
    for (let i = 0; i < 5; i++) {
      await time.pass(100);
      server.write('1\r\nx\r\n');
    }
    server.write('0\r\n\r\n');
    expect((await answer).body).toBe('xxxxx');
  });

  it('does not count the time in the queue', async () => {
    const time = testTimers();
    let server!: Socket;
    const { ask, heard, opened } = await connections(
      (socket) => {
        server = socket;
      },
      { headers: 150 },
    );
    const answers = Promise.all([1, 2, 3].map(() => ask()));
    for (const nth of [1, 2, 3]) {
      await heard(nth);
      await time.pass(100);
      server.write(hello);
    }
    expect((await answers).map(({ body }) => body)).toEqual(['hello', 'hello', 'hello']);
    expect(opened).toEqual([3]);
  });

  it('does not count the time in which the process was blocked', async () => {
    const time = testTimers();
    let server!: Socket;
    const { ask, heard } = await connections(
      (socket) => {
        server = socket;
      },
      { headers: 60, idle: 60 },
    );
    const answer = ask();
    await heard(1);
    await time.hang(200);
    server.write(hello.slice(0, -1));
    await settled();
    await time.hang(200);
    server.write(hello.slice(-1));
    expect((await answer).body).toBe('hello');
    const late = ask();
    await time.hang(200);
    await heard(2);
    server.write(hello);
    expect((await late).body).toBe('hello');
  });

  it('is replaced if the server closes an idle one during reuse', async () => {
    const { ask, opened } = await connections((socket, nth) => (nth === 1 ? socket.write(hello) : socket.destroy()));
    await ask();
    expect((await ask()).body).toBe('hello');
    expect(opened).toEqual([2, 1]);
  });

  it('is not retried if a new one was closed', async () => {
    const { ask, opened } = await connections((socket) => socket.destroy());
    await expect(ask()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(opened).toEqual([1]);
  });

  it('sends no retry and no queued request after close', async () => {
    const { ask, client, heard, opened } = await connections((socket, nth) => nth === 1 && socket.write(hello));
    await ask();
    const asked = [1, 2, 3].map(() => expect(ask()).rejects.toMatchObject({ code: 'ECONNABORTED' }));
    await heard(2);
    client.close();
    await Promise.all(asked);
    await expect(ask()).rejects.toMatchObject({ code: 'ECONNABORTED' });
    await settled();
    expect(opened).toEqual([2]);
  });

  it('returns repeated fields as a list', async () => {
    const { ask } = await connections((socket) =>
      socket.write(hello.replace('\r\n', '\r\nA: 1\r\na: 2\r\nA: 3\r\nB: 4\r\n')),
    );
    expect((await ask()).headers).toMatchObject({ a: ['1', '2', '3'], b: '4' });
  });
});

describe('a request', () => {
  it('is not sent if it is aborted before it starts', async () => {
    let asked = 0;
    const server = await serveHttp((_, response) => {
      asked++;
      response.end();
    });
    const client = new HttpClient(1, null);
    closers.push(
      () => client.close(),
      () => server.close(),
    );
    const reason = new Error('the run is over');
    await expect(client.send(aGet(server.url), open, AbortSignal.abort(reason))).rejects.toBe(reason);
    await client.send(aGet(server.url), open, never);
    expect(asked).toBe(1);
  });
});

describe('a malformed response', () => {
  const feed = async (answer: string) => {
    const server = await serveRaw((socket) => socket.write(answer));
    const fetcher = aFetcher();
    closers.push(
      () => fetcher.close(),
      () => server.close(),
    );
    return await fetcher.fetch(aRequest(server.url), never);
  };

  it('ends at its Content-Length', async () => {
    const result = await feed(`${hello} and more`);
    expect(result.kind === 'fresh' && Buffer.from(result.body).toString()).toBe('hello');
  });

  it('may follow interim responses', async () => {
    expect((await feed(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${hello}`)).kind).toBe('fresh');
  });

  it('is rejected after too many interim responses', async () => {
    const hints = 'HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n'.repeat(1000);
    const result = await feed(hints + hello);
    expect(result.kind === 'failed' && result.error.details.reason).toBe('headers-overflow');
  });

  const reasonOf = async (answer: string) => {
    const result = await feed(answer);
    return result.kind === 'failed' && result.status === null ? result.error.details.reason : result;
  };

  it('is rejected if it switches protocols', async () => {
    expect(await reasonOf('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n')).toBe(
      'reset',
    );
    expect(await reasonOf('HTTP/1.1 101 Switching Protocols\r\nContent-Length: 3\r\n\r\nabc')).toBe('reset');
  });

  it('is rejected with an invalid status', async () => {
    expect(await reasonOf('HTTP/1.1 099 None\r\nContent-Length: 0\r\n\r\n')).toBe('not-http');
    expect(await reasonOf('HTTP/1.1 000 None\r\n\r\nabc')).toBe('not-http');
  });
});

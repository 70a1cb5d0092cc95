import { once } from 'node:events';
import http from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, connect as netConnect, Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { createAgents } from '../../src/fetch/agents.js';
import { IdleSockets } from '../../src/fetch/idle-sockets.js';
import { selfSigned } from '../support/certificate.js';
import { aFetcher, aRequest, serveHttp, serveRaw } from '../support/loopback.js';

const closers: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

const signal = new AbortController().signal;

/** Resolves when connected. Writes at once, like a request. */
function connect(host: string, port: number): Promise<Socket> {
  const agents = createAgents(
    { proxy: null, allowPrivateAddresses: false },
    { perHost: 1, resolve: null, idle: new IdleSockets() },
  );
  closers.push(() => agents.destroy());
  const socket = agents.routeTo(new URL(`http://${host}:${port}/`)).agent.createConnection({ host, port }) as Socket;
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  return new Promise((resolve, reject) =>
    socket.on('connect', () => socket.destroyed || resolve(socket)).on('error', reject),
  );
}

describe('a connection to a public address', () => {
  it.each([
    ['a name that resolves to a private address', 'localhost'],
    ['a socket with a private remote address', '127.0.0.1'],
  ])('refuses %s and sends nothing', async (_, host) => {
    let heard = 0;
    const server = await serveRaw(() => heard++);
    closers.push(() => server.close());
    await expect(connect(host, server.port)).rejects.toMatchObject({ code: 'FETCH_FORBIDDEN' });
    await new Promise((later) => setTimeout(later, 50));
    expect(heard).toBe(0);
  });
});

/** Accepts no connection until notified. The system drops packets, which are sent again after a second. */
const DEAF = `
const { parentPort, workerData } = require('node:worker_threads');
const server = require('node:net').createServer();
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  parentPort.postMessage(server.address().port);
  Atomics.wait(new Int32Array(workerData), 0, 0, 10000);
});
`;

describe('a host with a slow first address', () => {
  it.runIf(process.platform === 'linux')('is reached although its next address is unreachable', async () => {
    // Tries again if the process was blocked for more than 100 ms, which would count towards the address timeout.
    let tried = await reached();
    while (tried.stoodStill > 100 && tried.address === null) tried = await reached();
    expect(tried.address).toBe('127.0.0.1');
  });

  /** Resolves with the reached address (null: none) and the longest time in which this process was blocked. */
  async function reached(): Promise<{ address: string | null; stoodStill: number }> {
    const heard = new SharedArrayBuffer(4);
    const server = new Worker(DEAF, { eval: true, workerData: heard });
    const [port] = (await once(server, 'message')) as [number];
    const others = [1, 2, 3, 4].map(() => netConnect(port, '127.0.0.1').on('error', () => {}));
    const agents = createAgents(
      { proxy: null, allowPrivateAddresses: true },
      { perHost: 1, resolve: null, idle: new IdleSockets() },
    );
    closers.push(
      () => agents.destroy(),
      () => server.terminate(),
      () => others.forEach((other) => void other.destroy()),
    );
    await new Promise((later) => setTimeout(later, 100));
    const { agent } = agents.routeTo(new URL(`http://far.example:${port}/`));
    const addresses = [
      { address: '127.0.0.1', family: 4 },
      { address: '2001:db8::1', family: 6 },
    ];
    const lookup = (_: string, __: object, found: (error: null, all: typeof addresses) => void) =>
      found(null, addresses);
    const { options } = agent as unknown as { readonly options: object };
    const asked = { ...options, host: 'far.example', port, lookup };
    const socket = agent.createConnection(asked as object) as Socket;
    setTimeout(() => {
      Atomics.store(new Int32Array(heard), 0, 1);
      Atomics.notify(new Int32Array(heard), 0);
    }, 500);
    let looked = performance.now();
    let stoodStill = 0;
    const looking = setInterval(() => {
      stoodStill = Math.max(stoodStill, performance.now() - looked);
      looked = performance.now();
    }, 10);
    const address = await once(socket, 'connect').then(
      () => socket.remoteAddress ?? null,
      () => null,
    );
    clearInterval(looking);
    socket.destroy();
    return { address, stoodStill: Math.max(stoodStill, performance.now() - looked) };
  }
});

describe('idle connections', () => {
  it('are closed beyond the limit, the oldest first, also if many become idle at once', () => {
    const agent = new IdleSockets(2).limit(new http.Agent({ keepAlive: true }));
    const sockets = Array.from({ length: 5 }, () => new Socket());
    for (const socket of sockets) agent.keepSocketAlive(socket);
    expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true, true, true, false, false]);
  });
});

describe('sources with different permissions', () => {
  it('do not share connections', async () => {
    let requests = 0;
    const server = await serveHttp((_, response) => void response.end(String(++requests)));
    const fetcher = aFetcher();
    closers.push(
      () => fetcher.close(),
      () => server.close(),
    );
    expect((await fetcher.fetch(aRequest(server.url), signal)).kind).toBe('fresh');
    const guarded = await fetcher.fetch(aRequest(server.url, { allowPrivateAddresses: false }), signal);
    expect(guarded.kind === 'failed' && guarded.error.code).toBe('FETCH_FORBIDDEN');
    expect(requests).toBe(1);
  });
});

describe('hosts with an overridden address', () => {
  it.each(['http', 'https'])('are reached over plain TCP without the address check (%s)', async (scheme) => {
    const server = await serveHttp((request, response) => void response.end(request.headers.host));
    const resolve = (host: string) => (host.endsWith('.example') ? { address: '127.0.0.1', port: server.port } : null);
    const fetcher = aFetcher({ resolve });
    closers.push(
      () => fetcher.close(),
      () => server.close(),
    );
    const result = await fetcher.fetch(
      aRequest(`${scheme}://paper.example/feed`, { allowPrivateAddresses: false }),
      signal,
    );
    expect(result.kind === 'fresh' && Buffer.from(result.body).toString()).toBe('paper.example');
    const other = await fetcher.fetch(aRequest(server.url, { allowPrivateAddresses: false }), signal);
    expect(other.kind === 'failed' && other.error.code).toBe('FETCH_FORBIDDEN');
  });
});

describe('names and certificates', () => {
  it('report FETCH_DNS for an unknown host', async () => {
    const fetcher = aFetcher();
    closers.push(() => fetcher.close());
    const result = await fetcher.fetch(aRequest('http://no-such-host.invalid/feed'), signal);
    expect(result.kind === 'failed' && result.error.code).toBe('FETCH_DNS');
  });

  it('reject a self-signed certificate', async () => {
    const server = createServer(selfSigned, (_, response) => void response.end('x'));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const fetcher = aFetcher();
    closers.push(
      () => fetcher.close(),
      () => server.close(),
    );
    const { port } = server.address() as AddressInfo;
    const result = await fetcher.fetch(aRequest(`https://127.0.0.1:${port}/feed`), signal);
    expect(result.kind === 'failed' && result.error.code).toBe('FETCH_TLS');
  });
});

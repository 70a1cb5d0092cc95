import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { IdleSockets } from '../../src/fetch/idle-sockets.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** Starts a server and an agent that keeps at most `most` idle connections. */
async function listening(server: http.Server, address: string, most: number) {
  server.listen(0, address);
  await once(server, 'listening');
  const agent = new IdleSockets(most).limit(new http.Agent({ keepAlive: true }));
  closers.push(
    () => agent.destroy(),
    () => server.close(),
  );
  return { agent, port: (server.address() as AddressInfo).port };
}

it('keeps only the newest idle connections over all hosts', async () => {
  const open = new Set<Socket>();
  const server = http.createServer((_, response) => void response.end('x'));
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  const { agent, port } = await listening(server, '0.0.0.0', 2);
  const ask = async (host: string) => {
    const request = http.get({ host, port, agent });
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    await once(response.resume(), 'close');
    return request.reusedSocket;
  };
  const hosts = ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4'];
  for (const host of hosts) expect(await ask(host)).toBe(false);
  await expect.poll(() => open.size).toBe(2);
  expect(await ask('127.0.0.4')).toBe(true);
  expect(await ask('127.0.0.3')).toBe(true);
  expect(await ask('127.0.0.1')).toBe(false);
  await expect.poll(() => open.size).toBe(2);
});

it('adds one listener per connection, also after several uses', async () => {
  const server = http.createServer((_, response) => void response.end('x'));
  const { agent, port } = await listening(server, '127.0.0.1', 2);
  const listeners: number[] = [];
  const sockets = new Set<Socket>();
  for (let i = 0; i < 20; i++) {
    const request = http.get({ host: '127.0.0.1', port, agent });
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    sockets.add(response.socket);
    listeners.push(response.socket.listenerCount('close'));
    await once(response.resume(), 'close');
  }
  expect(sockets.size).toBe(1);
  expect(listeners.at(-1)).toBe(listeners[1]);
});

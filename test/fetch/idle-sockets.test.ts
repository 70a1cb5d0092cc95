import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { IdleSockets } from '../../src/fetch/idle-sockets.js';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function serving() {
  const open = new Set<Socket>();
  const server = http.createServer((_, response) => void response.end('x'));
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  server.listen(0, '0.0.0.0');
  await once(server, 'listening');
  const agent = new IdleSockets(2).limit(new http.Agent({ keepAlive: true }));
  closers.push(
    () => agent.destroy(),
    () => server.close(),
  );
  const { port } = server.address() as AddressInfo;
  const ask = async (host: string) => {
    const request = http.get({ host, port, agent });
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    const socket = request.socket!;
    await once(response.resume(), 'close');
    return { socket, isReused: request.reusedSocket };
  };
  return { open, ask };
}

it('keeps so many connections for another request, of all hosts, and the youngest', async () => {
  const { open, ask } = await serving();
  const isReused = async (host: string) => (await ask(host)).isReused;
  const hosts = ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4'];
  for (const host of hosts) expect(await isReused(host)).toBe(false);
  await expect.poll(() => open.size).toBe(2);
  expect(await isReused('127.0.0.4')).toBe(true);
  expect(await isReused('127.0.0.3')).toBe(true);
  expect(await isReused('127.0.0.1')).toBe(false);
  await expect.poll(() => open.size).toBe(2);
});

it('listens to the end of a connection once, however often it is kept', async () => {
  const { ask } = await serving();
  await ask('127.0.0.1');
  const { socket } = await ask('127.0.0.1');
  const before = socket.listenerCount('close');
  for (let turn = 0; turn < 3; turn += 1) expect((await ask('127.0.0.1')).socket).toBe(socket);
  expect(socket.listenerCount('close')).toBe(before);
});

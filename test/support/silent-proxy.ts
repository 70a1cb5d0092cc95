/** A proxy in front of a database that can simulate dead connections: they stay open without an answer. */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** `url`: of the database; resolves with the proxy's URL. `silence`: blocks all open connections. */
export async function startSilentProxy(url: string): Promise<{ readonly url: string; silence(): void }> {
  const behind = new URL(url);
  const sockets = new Set<Socket>();
  let silent = new Set<Socket>();
  const pass = (from: Socket, to: Socket) => {
    sockets.add(from);
    from.on('error', () => {});
    from.on('data', (bytes) => !silent.has(from) && to.write(bytes));
    from.on('close', () => !silent.has(from) && to.destroy());
  };
  const server = createServer((client) => {
    const database = connect(Number(behind.port), behind.hostname);
    pass(client, database);
    pass(database, client);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const through = new URL(url);
  through.port = String((server.address() as AddressInfo).port);
  return {
    url: through.href,
    silence: () => {
      silent = new Set(sockets);
    },
  };
}

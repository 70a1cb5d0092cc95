/** A port for programs that cannot be given port 0, in tests and in `npm run scale`. */
import { createServer } from 'node:net';

/** Below the ports that the system hands out for port 0 and for connections, and above those that `fetch` refuses to ask. */
const FIRST = 11_000;
/** For each of so many processes, by its number, so many ports. */
const PROCESSES = 1_000;
const EACH = 20;
let tried = 0;

/**
 * Free a moment ago, and handed out by no other process, so that nobody takes it before it is used.
 *
 * @returns {Promise<number>}
 */
export async function freePort() {
  for (;;) {
    const port = FIRST + (process.pid % PROCESSES) * EACH + (tried++ % EACH);
    const server = createServer();
    const isFree = await new Promise((known) => {
      server.once('error', () => known(false));
      server.listen(port, '127.0.0.1', () => known(true));
    });
    if (!isFree) continue;
    await new Promise((down) => server.close(down));
    return port;
  }
}

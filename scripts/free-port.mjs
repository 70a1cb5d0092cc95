/** Finds a free port for programs that cannot use port 0, in tests and in `npm run scale`. */
import { createServer } from 'node:net';

/** Below the ephemeral ports of the system, and above the ports that `fetch` refuses. */
const FIRST = 11_000;
/** Ports reserved for each process, by its number. */
const PROCESSES = 1_000;
const EACH = 20;
let tried = 0;

/**
 * Returns a port that was free just now and that no other process of this kind uses.
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

/** Limits the number of idle connections over all hosts. Closes the oldest first. */
import type http from 'node:http';
import type { Socket } from 'node:net';

const MOST = 256;

export class IdleSockets {
  /** Insertion order is oldest first. Values are the `close` listeners. */
  readonly #sockets = new Map<Socket, () => void>();

  constructor(readonly most: number = MOST) {}

  limit<A extends http.Agent>(agent: A): A {
    const keep = agent.keepSocketAlive.bind(agent) as (socket: Socket) => unknown;
    const reuse = agent.reuseSocket.bind(agent);
    return Object.assign(agent, {
      keepSocketAlive: (socket: Socket) => {
        const isKept = keep(socket) !== false;
        if (isKept) this.#add(socket);
        return isKept;
      },
      reuseSocket: (socket: Socket, request: http.ClientRequest) => {
        this.#remove(socket);
        reuse(socket, request);
      },
    });
  }

  #add(socket: Socket): void {
    const ended = () => this.#remove(socket);
    socket.once('close', ended);
    this.#sockets.set(socket, ended);
    const [oldest = socket] = this.#sockets.keys();
    if (this.#sockets.size <= this.most) return;
    // At once: `close` comes later, and by then others may be too many.
    this.#remove(oldest);
    oldest.destroy();
  }

  #remove(socket: Socket): void {
    const ended = this.#sockets.get(socket);
    if (ended !== undefined) socket.off('close', ended);
    this.#sockets.delete(socket);
  }
}

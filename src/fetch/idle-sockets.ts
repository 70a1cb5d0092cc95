/** Connections that are kept open for another request: so many at once, whatever their hosts; the oldest goes first. */
import type http from 'node:http';
import type { Socket } from 'node:net';

const MOST = 256;

export class IdleSockets {
  readonly #sockets = new Set<Socket>();
  /** Whose end is listened to: once each, however often it is kept. */
  readonly #known = new WeakSet<Socket>();

  constructor(readonly most: number = MOST) {}

  /** The agent's connections count from now on. */
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
        this.#sockets.delete(socket);
        reuse(socket, request);
      },
    });
  }

  #add(socket: Socket): void {
    if (!this.#known.has(socket)) socket.once('close', () => this.#sockets.delete(socket));
    this.#known.add(socket);
    this.#sockets.add(socket);
    const [oldest] = this.#sockets;
    if (this.#sockets.size > this.most) oldest?.destroy();
  }
}

import { connect, createServer, type Server, type Socket } from 'node:net';

/** A TCP proxy in front of a server, to take the server away from its clients and give it back. */
export class TcpProxy {
  readonly #target: { host: string; port: number };
  readonly #sockets = new Set<Socket>();
  #server: Server;
  port = 0;

  constructor(target: { host: string; port: number }) {
    this.#target = target;
    this.#server = this.#make();
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(this.port, '127.0.0.1', resolve));
    const address = this.#server.address();
    this.port = typeof address === 'object' && address !== null ? address.port : 0;
    return this.port;
  }

  /** Cuts every connection and refuses new ones. */
  async away(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  /** The server is there again, at the same port. */
  async back(): Promise<void> {
    this.#server = this.#make();
    await this.listen();
  }

  #make(): Server {
    return createServer((client) => {
      const upstream = connect(this.#target);
      for (const [one, other] of [[client, upstream], [upstream, client]] as const) {
        this.#sockets.add(one);
        one.on('error', () => other.destroy());
        one.on('close', () => {
          this.#sockets.delete(one);
          other.destroy();
        });
        one.pipe(other);
      }
    });
  }
}

import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Random } from './random.ts';

interface Pair {
  client: Socket;
  upstream: Socket;
  /** Both ends think they are connected; nothing gets through any more. */
  dead: boolean;
}

/** A bad network in front of a server: every chunk late, connections cut or left half open. */
export class BadLink {
  port = 0;
  latencyMs = 0;
  cuts = 0;
  halfOpen = 0;
  readonly #target: { host: string; port: number };
  readonly #random: Random;
  readonly #pairs = new Set<Pair>();
  readonly #server: Server;

  constructor(target: { host: string; port: number }, random: Random) {
    this.#target = target;
    this.#random = random;
    this.#server = createServer((client) => this.#join(client));
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    this.port = typeof address === 'object' && address !== null ? address.port : 0;
    return this.port;
  }

  /** Each connection is reset with this probability. */
  cut(share: number): void {
    for (const { client, upstream } of this.#pairs) {
      if (this.#random.next() >= share) continue;
      this.cuts += 1;
      client.resetAndDestroy();
      upstream.destroy();
    }
  }

  /** Each connection goes deaf with this probability: it stays open on both sides and carries nothing. */
  deafen(share: number): void {
    for (const pair of this.#pairs) {
      if (pair.dead || this.#random.next() >= share) continue;
      this.halfOpen += 1;
      pair.dead = true;
    }
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const { client, upstream } of this.#pairs) {
      client.destroy();
      upstream.destroy();
    }
    await closed;
  }

  #join(client: Socket): void {
    const upstream = connect(this.#target);
    const pair: Pair = { client, upstream, dead: false };
    this.#pairs.add(pair);
    const gone = (): void => {
      this.#pairs.delete(pair);
      client.destroy();
      // A half-open connection's other end never hears of it.
      if (!pair.dead) upstream.destroy();
    };
    for (const [from, to] of [[client, upstream], [upstream, client]] as const) {
      from.setNoDelay(true);
      from.on('error', gone);
      from.on('close', gone);
      from.on('data', (chunk) => {
        if (pair.dead) return;
        const pass = (): void => void (pair.dead || to.destroyed || to.write(chunk));
        // Timers of one length keep their order.
        if (this.latencyMs > 0) setTimeout(pass, this.latencyMs);
        else pass();
      });
    }
  }
}

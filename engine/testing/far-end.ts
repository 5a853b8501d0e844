import { createServer, type IncomingMessage, type Server } from 'node:http';

/** One call the far end received. */
export interface FarCall {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
  /** The Idempotency-Key, '' when there was none. */
  key: string;
  at: number;
}

export interface FarAnswer {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  delayMs?: number;
  /** Cuts the connection after the call was applied, without an answer. */
  reset?: boolean;
}

/** A vendor for tests: a real HTTP server on 127.0.0.1 that logs what it receives and answers what it is told to. */
export class FarEnd {
  readonly calls: FarCall[] = [];
  /** Calls that were being answered at the same moment, at most; by path without its query. */
  readonly mostAtOnce = new Map<string, number>();
  readonly #atOnce = new Map<string, number>();
  /** Decides the answer of each call; 200 `{"ok":true}` when not set. */
  answer: (call: FarCall) => FarAnswer = () => ({});
  readonly #server: Server;
  #waiting: { ready(): boolean; resolve(): void }[] = [];

  constructor() {
    this.#server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const key = request.headers['idempotency-key'];
        const call = {
          method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8'),
          key: typeof key === 'string' ? key : '', at: Date.now(),
        };
        this.calls.push(call);
        const path = call.path.split('?')[0] ?? '';
        const now = (this.#atOnce.get(path) ?? 0) + 1;
        this.#atOnce.set(path, now);
        this.mostAtOnce.set(path, Math.max(now, this.mostAtOnce.get(path) ?? 0));
        const { status = 200, headers = {}, body = '{"ok":true}', delayMs = 0, reset = false } = this.answer(call);
        const send = () => {
          this.#atOnce.set(path, (this.#atOnce.get(path) ?? 1) - 1);
          if (reset) return void request.socket.destroy();
          response.writeHead(status, { 'content-type': 'application/json', ...headers });
          response.end(body);
        };
        if (delayMs > 0) setTimeout(send, delayMs);
        else send();
        this.#waiting = this.#waiting.filter((one) => !one.ready() || void one.resolve());
      });
    });
  }

  listen(): Promise<number> {
    return new Promise((resolve) => {
      this.#server.listen(0, '127.0.0.1', () => {
        const address = this.#server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  }

  /** Distinct idempotency keys seen. */
  get keys(): Set<string> {
    return new Set(this.calls.map((call) => call.key));
  }

  /** Resolves once the condition holds, judged after every call. */
  until(ready: () => boolean): Promise<void> {
    if (ready()) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ ready, resolve }));
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}

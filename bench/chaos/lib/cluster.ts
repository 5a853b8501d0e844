import { join } from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#engine/launch/embedded-postgres.ts';
import { anyFreePort } from '#engine/launch/ports.ts';
import { waitUntilGone } from '#engine/launch/process-state.ts';

/** A real PostgreSQL of a scenario's own that can be killed and started again on the same data and port. Durable, as in production. */
export class Cluster {
  readonly folder: string;
  #server: EmbeddedPostgres | null = null;
  #port = 0;
  #settings: Record<string, string>;

  constructor(folder: string, settings: Record<string, string> = {}) {
    this.folder = folder;
    this.#settings = { max_connections: '150', shared_buffers: '128MB', ...settings };
  }

  get port(): number {
    return this.#port;
  }

  get dataDir(): string {
    return join(this.folder, 'postgres');
  }

  get pid(): number {
    return this.#server?.pid ?? 0;
  }

  url(database: string): string {
    if (!this.#server) throw new Error('The cluster is not running.');
    return this.#server.url(database);
  }

  /** Starts it, the way the product does. @returns milliseconds until it answered */
  async start(): Promise<number> {
    const from = performance.now();
    this.#port ||= await anyFreePort();
    this.#server = await startEmbeddedPostgres({
      dataDir: this.dataDir,
      logFile: join(this.folder, 'postgres.log'),
      password: 'only-for-chaos',
      choosePort: () => Promise.resolve(this.#port),
      settings: this.#settings,
    });
    return performance.now() - from;
  }

  /** SIGKILL to the postmaster, or SIGQUIT: the "immediate" shutdown, which writes nothing more. */
  async kill(signal: 'SIGKILL' | 'SIGQUIT'): Promise<void> {
    const { pid } = this;
    if (pid === 0) return;
    process.kill(pid, signal);
    await waitUntilGone(pid, 20_000);
  }

  async stop(): Promise<void> {
    // Nothing in there is wanted any more.
    await this.kill('SIGQUIT').catch(() => undefined);
  }
}

import { fork, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FarCall, FarOrder, FarProgram, FarStats } from './far-protocol.ts';

/** The far end as seen from a scenario; see far-main.ts. */
export class Far {
  readonly port: number;
  readonly #child: ChildProcess;
  readonly #logFile: string;
  readonly #asked = new Map<number, (stats: FarStats) => void>();
  #asks = 0;

  private constructor(child: ChildProcess, port: number, logFile: string) {
    this.#child = child;
    this.port = port;
    this.#logFile = logFile;
    child.on('message', (message: { ask?: number; stats?: FarStats }) => {
      const { ask = -1, stats } = message;
      if (stats) this.#asked.get(ask)?.(stats);
      this.#asked.delete(ask);
    });
  }

  static async start(folder: string, seed: number): Promise<Far> {
    const logFile = join(folder, 'far.log');
    const child = fork(new URL('./far-main.ts', import.meta.url), [logFile, String(seed)], { execArgv: [] });
    const port = await new Promise<number>((resolve, reject) => {
      child.once('message', (message: { port: number }) => resolve(message.port));
      child.once('exit', () => reject(new Error('The far end did not start.')));
    });
    return new Far(child, port, logFile);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** What it does from now on; an empty program answers 200 to everything. */
  async behave(program: FarProgram): Promise<void> {
    await this.#tell(program);
  }

  stats(): Promise<FarStats> {
    return this.#tell(null);
  }

  /** The calls written down so far. */
  calls(): FarCall[] {
    if (!existsSync(this.#logFile)) return [];
    const lines = readFileSync(this.#logFile, 'utf8').split('\n');
    // The last one may be half written.
    lines.pop();
    return lines.map((line): FarCall => JSON.parse(line));
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#child.once('exit', () => resolve());
      this.#child.kill('SIGKILL');
    });
  }

  #tell(program: FarProgram | null): Promise<FarStats> {
    const ask = (this.#asks += 1);
    return new Promise((resolve) => {
      this.#asked.set(ask, resolve);
      const order: FarOrder = { ask, program };
      this.#child.send(order);
    });
  }
}

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { anyFreePort } from '#engine/launch/ports.ts';

const MAIN = fileURLToPath(new URL('../../../engine/host/main.ts', import.meta.url));

export interface EngineOptions {
  roles?: string;
  env?: Record<string, string>;
  /** Another address of the database, such as a proxy in front of it. */
  databaseUrl?: string;
  /** Keeps the port of a predecessor. */
  port?: number;
}

/** One engine process. */
export class EngineProcess {
  readonly name: string;
  readonly port: number;
  readonly pid: number;
  readonly options: EngineOptions;
  /** Resolves with the exit code or signal. */
  readonly ended: Promise<number | string>;
  alive = true;
  /** It has started, and works. */
  ready = false;
  readonly #child: ChildProcess;
  readonly #logFile: string;

  constructor(child: ChildProcess, of: { name: string; port: number; options: EngineOptions; logFile: string }) {
    this.#child = child;
    this.pid = child.pid ?? 0;
    this.name = of.name;
    this.port = of.port;
    this.options = of.options;
    this.#logFile = of.logFile;
    this.ended = once(child, 'exit').then(([code, signal]) => {
      this.alive = false;
      return Number.isInteger(code) ? Number(code) : String(signal);
    });
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  async kill(signal: NodeJS.Signals): Promise<number | string> {
    if (this.alive) this.signal(signal);
    return this.ended;
  }

  get output(): string {
    return readFileSync(this.#logFile, 'utf8');
  }
}

/** The engine processes of a scenario. */
export class Fleet {
  readonly engines: EngineProcess[] = [];
  readonly #folder: string;
  readonly #databaseUrl: string;
  readonly #masterKey: string;
  #count = 0;

  constructor(of: { folder: string; databaseUrl: string; masterKey: string }) {
    this.#folder = of.folder;
    this.#databaseUrl = of.databaseUrl;
    this.#masterKey = of.masterKey;
  }

  get alive(): EngineProcess[] {
    return this.engines.filter((engine) => engine.alive);
  }

  /** Starts one and waits until it is ready. @throws when it ends instead */
  async start(options: EngineOptions = {}): Promise<EngineProcess> {
    this.#count += 1;
    const name = `engine-${this.#count}`;
    const logFile = join(this.#folder, `${name}.log`);
    const port = options.port ?? (await anyFreePort());
    const log = openSync(logFile, 'a');
    const child = spawn(process.execPath, [MAIN, '--roles', options.roles ?? 'ingress,worker,scheduler'], {
      stdio: ['ignore', log, log, 'ipc'],
      env: {
        NODE_ENV: 'test', PATH: process.env['PATH'], WEFT_LOG_LEVEL: 'warn', WEFT_ENGINE_DATABASE_URL: options.databaseUrl ?? this.#databaseUrl,
        WEFT_MASTER_KEY: this.#masterKey, WEFT_ENGINE_PORT: String(port), ...options.env,
      },
    });
    closeSync(log);
    const engine = new EngineProcess(child, { name, port, options, logFile });
    this.engines.push(engine);
    await new Promise<void>((resolve, reject) => {
      child.once('message', () => {
        engine.ready = true;
        resolve();
      });
      void engine.ended.then((code) => reject(new Error(`${name} ended (${code}): ${engine.output.slice(-2000)}`)));
    });
    return engine;
  }

  /** Starts one like it, an ingress at the same port, trying until it stays up, as a supervisor does. */
  async replace(engine: EngineProcess, env?: Record<string, string>): Promise<EngineProcess> {
    const { options } = engine;
    // Nobody looks for a worker at its port, and meanwhile somebody else may have it.
    const port = options.roles === 'worker' ? {} : { port: engine.port };
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.start({ ...options, ...port, ...(env ? { env } : {}) });
      } catch (error) {
        if (attempt >= 100) throw error;
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.alive.map((engine) => engine.kill('SIGKILL')));
  }
}

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../host/main.ts', import.meta.url));

/** An engine in a process of its own, for tests that kill it. */
export interface ChildEngine {
  port: number;
  pid: number;
  process: ChildProcess;
  /** Everything it wrote. */
  output(): string;
  /** Resolves with the exit code, or the signal that ended it. */
  ended: Promise<number | string>;
  kill(signal: NodeJS.Signals): Promise<number | string>;
}

/** Starts `engine/host/main.ts` and waits until it is ready. Rejects when it exits instead. */
export async function startChildEngine(settings: { engineUrl: string; masterKey: string; port?: number; args?: string[]; env?: Record<string, string> }): Promise<ChildEngine> {
  const child = spawn(process.execPath, [MAIN, ...(settings.args ?? [])], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { NODE_ENV: 'test', PATH: process.env['PATH'], WEFT_ENGINE_DATABASE_URL: settings.engineUrl, WEFT_MASTER_KEY: settings.masterKey, WEFT_ENGINE_PORT: String(settings.port ?? 0), ...settings.env },
  });
  let output = '';
  const collect = (chunk: Buffer) => void (output += chunk.toString('utf8'));
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  const ended = once(child, 'exit').then(([code, signal]) => Number.isInteger(code) ? Number(code) : String(signal));
  const port = await new Promise<number>((resolve, reject) => {
    child.on('message', (message) => {
      if (typeof message === 'object' && 'port' in message && typeof message.port === 'number') resolve(message.port);
    });
    void ended.then((code) => reject(new Error(`The engine ended (${code}):\n${output}`)));
  });
  return {
    port,
    pid: child.pid ?? 0,
    process: child,
    output: () => output,
    ended,
    kill(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

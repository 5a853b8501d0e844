import { spawn, type ChildProcess } from 'node:child_process';
import { openSync } from 'node:fs';

export interface ServiceCommand {
  /** Arguments of the Node that runs the benchmark. */
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd: string;
  logFile: string;
  /** Answers 2xx when the service is ready. */
  ready(): Promise<boolean>;
}

export interface ServiceProcess {
  pid(): number;
  start(): Promise<void>;
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

const READY_MS = 240_000;
const POLL_MS = 100;
const STOP_MS = 20_000;

/** A server process that can be killed and started again. It leads its own process group, so that its children die with it. */
export function serviceProcess(command: ServiceCommand): ServiceProcess {
  let child: ChildProcess | null = null;

  async function start(): Promise<void> {
    const log = openSync(command.logFile, 'a');
    const started = spawn(process.execPath, command.args, { cwd: command.cwd, env: command.env, detached: true, stdio: ['ignore', log, log] });
    child = started;
    const until = Date.now() + READY_MS;
    while (!(await command.ready().catch(() => false))) {
      if (started.exitCode !== null || Date.now() > until) throw new Error(`${command.args[0]} did not become ready; its output is in ${command.logFile}`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const ending = child;
    child = null;
    if (ending?.pid === undefined || ending.exitCode !== null) return;
    const gone = new Promise((resolve) => ending.once('exit', resolve));
    process.kill(-ending.pid, signal);
    const timer = setTimeout(() => ending.pid !== undefined && process.kill(-ending.pid, 'SIGKILL'), STOP_MS);
    await gone;
    clearTimeout(timer);
  }

  return { pid: () => child?.pid ?? 0, start, end };
}

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync } from 'node:fs';
import { get } from 'node:http';
import { fileURLToPath } from 'node:url';
import { LaunchError } from './launch-error.ts';
import { openLog, tailOf } from './log-file.ts';

/** A process of ours that is kept running. */
export interface ServiceSpec {
  name: string;
  /** Arguments to Node: the program first. */
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  logFile: string;
  /** Answers with a status below 400 as soon as the service can work. */
  healthUrl: string;
  say(line: string): void;
  /** Told the process id of every start. */
  onStart?(pid: number | undefined): void;
  /** Ends the wait for health early. */
  signal: AbortSignal;
}

export interface Service {
  name: string;
  pid(): number | undefined;
  /** SIGTERM, and SIGKILL for one that has not left after 15 s. */
  stop(): Promise<void>;
}

const LEAVE_WITH_PARENT = fileURLToPath(new URL('leave-with-parent.ts', import.meta.url));
const FIRST_BACKOFF_MS = 500;
const LAST_BACKOFF_MS = 10_000;
/** A process that ran this long is healthy: its next end is answered at once again. */
const STEADY_MS = 60_000;
const HEALTHY_MS = 90_000;
const STOP_MS = 15_000;

/**
 * States: starting → healthy → (ended by itself → waiting → starting) … → stopping → stopped.
 * Starts the process and resolves when it is healthy; from then on an ended process is started again after 0.5 to 10 s.
 * Throws LaunchError with the end of its log when the first start fails.
 */
export async function startService(spec: ServiceSpec): Promise<Service> {
  let backoff = FIRST_BACKOFF_MS;
  let stopping = false;
  let settled = false;
  let waiting: NodeJS.Timeout | undefined;

  const run = (): ChildProcess => {
    const startedAt = Date.now();
    const process = launch(spec);
    spec.onStart?.(process.pid);
    process.once('exit', (code, signal) => {
      if (stopping || !settled) return;
      if (Date.now() - startedAt > STEADY_MS) backoff = FIRST_BACKOFF_MS;
      again(signal ?? `code ${code}`);
    });
    return process;
  };
  const again = (reason: string) => {
    spec.say(`The ${spec.name} process ended (${reason}); starting it again in ${backoff / 1000} s.`);
    waiting = setTimeout(() => {
      child = run();
    }, backoff);
    backoff = Math.min(backoff * 2, LAST_BACKOFF_MS);
  };
  let child = run();
  const service: Service = {
    name: spec.name,
    pid: () => child.pid,
    async stop() {
      stopping = true;
      clearTimeout(waiting);
      await end(child);
    },
  };

  const healthy = await becomesHealthy(spec, () => isRunning(child));
  if (!healthy) {
    await service.stop();
    spec.signal.throwIfAborted();
    throw new LaunchError(`The ${spec.name} process did not start. The end of ${spec.logFile}:\n${tailOf(spec.logFile, 25)}`);
  }
  settled = true;
  if (!isRunning(child)) again('at once');
  return service;
}

function launch(spec: ServiceSpec): ChildProcess {
  const log = openLog(spec.logFile);
  // A session of its own: Ctrl-C in the terminal reaches the supervisor alone, which then stops everything in order.
  const child = spawn(process.execPath, ['--import', LEAVE_WITH_PARENT, ...spec.args], {
    cwd: spec.cwd,
    env: spec.env,
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  // A failed spawn also ends in the health check; without a listener it would end us.
  child.on('error', () => undefined);
  return child;
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

async function becomesHealthy(spec: ServiceSpec, runs: () => boolean): Promise<boolean> {
  const end = Date.now() + HEALTHY_MS;
  while (Date.now() < end && runs() && !spec.signal.aborted) {
    if (await answers(spec.healthUrl)) return true;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return false;
}

/** Whether a URL of this machine answers with a status below 400 within two seconds. */
function answers(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get(url, { timeout: 2_000 }, (response) => {
      response.resume();
      resolve((response.statusCode ?? 500) < 400);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
    request.once('close', () => resolve(false));
  });
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (!isRunning(child)) return resolve();
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

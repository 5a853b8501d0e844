import { fork, type ChildProcess } from 'node:child_process';
import type { EvaluateResult } from '#engine/nodes/step.ts';
import type { ChildMessage, ChildRequest, CheckResult } from './protocol.ts';

/** Starting a process on a busy machine; loading the native module is most of it. */
const START_TIMEOUT_MS = 20_000;
/** Beyond the isolate's own time limit: compiling, creating the context, the channel both ways. */
const GRACE_MS = 2_000;

// Node's type, extended by Next, demands a NODE_ENV; this one is empty on purpose.
const noEnvironment: NodeJS.ProcessEnv = Object.create(null);

type Result = EvaluateResult | CheckResult;

/** One child process. States: starting → idle ⇄ busy → gone. A child that is gone is never used again. */
export interface SandboxChild {
  readonly pid: number | undefined;
  readonly gone: boolean;
  /** Sends one request; the next only after its answer. Never rejects: a dead or silent child is a result too. */
  ask(request: ChildRequest, timeoutMs: number): Promise<Result>;
  /** Kills at once; resolves when the process is gone. */
  end(): Promise<void>;
}

/** Starts a child with nothing of ours: no environment, no files but the channel, no snapshot (isolated-vm forbids it). */
export function startChild(entry: URL): SandboxChild {
  const child = fork(entry, [], {
    env: noEnvironment,
    execArgv: ['--no-node-snapshot'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'json',
  });
  let gone = false;
  // The request under way. One slot and not a listener per request on `exited`: those would pile up for as long as the child lives.
  let onExit: (() => void) | null = null;
  const exited = new Promise<void>((resolve) => {
    const leave = (): void => {
      gone = true;
      onExit?.();
      resolve();
    };
    child.once('exit', leave);
    child.once('error', leave);
  });
  const started = waitForStart(child, exited);
  // An idle sandbox must not keep a process alive that has nothing else to do.
  const hold = (holding: boolean): void => {
    if (holding) child.ref();
    else child.unref();
    if (holding) child.channel?.ref();
    else child.channel?.unref();
  };

  async function ask(request: ChildRequest, timeoutMs: number): Promise<Result> {
    hold(true);
    const problem = await started;
    const result = problem === null ? await exchange(request, timeoutMs) : unavailable(problem);
    if (gone || (!result.ok && (result.kind === 'unavailable' || result.kind === 'crashed'))) kill();
    else hold(false);
    return result;
  }

  function kill(): void {
    gone = true;
    child.kill('SIGKILL');
  }

  function exchange(request: ChildRequest, timeoutMs: number): Promise<Result> {
    return new Promise((resolve) => {
      const finish = (result: Result): void => {
        clearTimeout(watchdog);
        onExit = null;
        child.off('message', onMessage);
        resolve(result);
      };
      const onMessage = (message: ChildMessage): void => {
        if (message.type !== 'result' || message.id !== request.id) return;
        if (message.last) kill();
        finish(message.result);
      };
      const watchdog = setTimeout(() => {
        kill();
        finish({ ok: false, kind: 'timeout', message: 'The script took longer than it may, and its process was ended.' });
      }, timeoutMs + GRACE_MS);
      child.on('message', onMessage);
      onExit = () => finish({ ok: false, kind: 'crashed', message: 'The process that ran the script ended.' });
      if (gone) onExit();
      else child.send(request, () => undefined);
    });
  }

  return {
    get pid() {
      return child.pid;
    },
    get gone() {
      return gone;
    },
    ask,
    async end() {
      kill();
      await exited;
    },
  };
}

/** Null when the child is ready, else why it will never be. */
function waitForStart(child: ChildProcess, exited: Promise<void>): Promise<string | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve('The sandbox process did not start in time.'), START_TIMEOUT_MS);
    const settle = (problem: string | null): void => {
      clearTimeout(timer);
      resolve(problem);
    };
    child.once('message', (message: ChildMessage) => {
      settle(message.type === 'unavailable' ? message.message : null);
    });
    void exited.then(() => settle('The sandbox process ended before it was ready.'));
  });
}

function unavailable(message: string): Result {
  return { ok: false, kind: 'unavailable', message };
}

import { spawn, type ChildProcess } from 'node:child_process';
import { writeFile } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { confinement } from './confinement.ts';
import { channelOf, readFrames, writeFrame } from './frames.ts';
import type { ChildMessage, ChildRequest, Failure } from './protocol.ts';
import { readPages, type PageAnswer } from './read-pages.ts';

/** Starting a process on a busy machine; loading the native module is most of it. */
const START_TIMEOUT_MS = 20_000;
/** Beyond the isolate's own time limit: compiling, creating the context, the channel both ways. */
const GRACE_MS = 2_000;

// Node's type, extended by Next, demands a NODE_ENV; this one is empty on purpose.
const noEnvironment: NodeJS.ProcessEnv = Object.create(null);

export type ChildAnswer = { ok: true; pages: PageAnswer[] } | Failure;

/** One request, and what it may take. */
interface Asked {
  request: ChildRequest;
  inputs: readonly string[];
  timeoutMs: number;
}

/** One child process. States: starting → idle ⇄ busy → gone. A child that is gone is never used again. */
export interface SandboxChild {
  readonly pid: number | undefined;
  readonly gone: boolean;
  /** Sends one request; the next only after its answer. Never rejects: a dead or silent child is a result too. */
  ask(asked: Asked): Promise<ChildAnswer>;
  /** Kills at once; resolves when the process is gone. */
  end(): Promise<void>;
}

/** Starts a child with nothing of ours: no environment, no files but the channel, no right to anything; see `confinement`. */
export function startChild(entry: URL, maxFrameBytes: number): SandboxChild {
  const program = fileURLToPath(entry);
  const child = spawn(process.execPath, [...confinement(program), program], {
    env: noEnvironment,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    windowsHide: true,
  });
  const channel = channelOf(child.stdio[3]);
  sacrificeFirst(child);
  let gone = false;
  // The request under way. One slot and not a listener per request: those would pile up for as long as the child lives.
  let onMessage: ((message: ChildMessage, texts: string[]) => void) | null = null;
  let onExit: (() => void) | null = null;
  const exited = new Promise<void>((resolve) => {
    const leave = (): void => {
      gone = true;
      channel?.destroy();
      onExit?.();
      resolve();
    };
    child.once('exit', leave);
    child.once('error', leave);
  });
  if (channel) {
    // Writing to a child that has just died is no news: its exit is.
    channel.on('error', () => undefined);
    readFrames(channel, maxFrameBytes, {
      // Checked where it matters: every field of a message is looked at before it is used.
      onFrame: ({ head, texts }) => onMessage?.(head as ChildMessage, texts),
      onFault: kill,
    });
  }
  const started = new Promise<string | null>((resolve) => {
    const timer = setTimeout(() => resolve('The sandbox process did not start in time.'), START_TIMEOUT_MS);
    const settle = (problem: string | null): void => {
      clearTimeout(timer);
      onMessage = null;
      onExit = null;
      resolve(problem);
    };
    onMessage = (message) => settle(message.type === 'unavailable' ? String(message.message) : null);
    onExit = () => settle('The sandbox process ended before it was ready.');
  });
  // An idle sandbox must not keep a process alive that has nothing else to do.
  const hold = (holding: boolean): void => {
    if (holding) {
      child.ref();
      channel?.ref();
    } else {
      child.unref();
      channel?.unref();
    }
  };

  function kill(): void {
    gone = true;
    child.kill('SIGKILL');
  }

  function exchange({ request, inputs, timeoutMs }: Asked): Promise<ChildAnswer> {
    return new Promise((resolve) => {
      const finish = (answer: ChildAnswer): void => {
        clearTimeout(watchdog);
        onExit = null;
        onMessage = null;
        resolve(answer);
      };
      const watchdog = setTimeout(() => {
        kill();
        finish({ ok: false, kind: 'timeout', message: 'The script took longer than it may, as one also does that fills its memory, and its process was ended.' });
      }, timeoutMs + GRACE_MS);
      onMessage = (message, texts) => {
        if (!('id' in message) || message.id !== request.id) return;
        if ('last' in message && message.last) kill();
        if (message.type === 'failed') return finish(message.failure);
        const pages = message.type === 'pages' ? readPages(texts[0] ?? '', inputs.length) : [];
        finish(pages ? { ok: true, pages } : { ok: false, kind: 'crashed', message: 'The sandbox gave no answer.' });
      };
      onExit = () => finish({ ok: false, kind: 'crashed', message: 'The process that ran the script ended.' });
      if (gone || !channel) onExit();
      else writeFrame(channel, request, inputs);
    });
  }

  return {
    get pid() {
      return child.pid;
    },
    get gone() {
      return gone;
    },
    async ask(asked) {
      hold(true);
      const problem = await started;
      const answer: ChildAnswer = problem === null ? await exchange(asked) : { ok: false, kind: 'unavailable', message: problem };
      if (!gone && !answer.ok && (answer.kind === 'unavailable' || answer.kind === 'crashed')) kill();
      if (!gone) hold(false);
      return answer;
    },
    async end() {
      hold(true);
      kill();
      await exited;
    },
  };
}

/** Where the system allows it (Linux), a machine short of memory ends a sandbox child before anything that matters. */
function sacrificeFirst(child: ChildProcess): void {
  if (child.pid !== undefined && process.platform === 'linux') writeFile(`/proc/${child.pid}/oom_score_adj`, '1000', () => undefined);
}

import type { WorkerSays } from './formula-worker.ts';
import type { FormulaTask } from './run-formulas.ts';

/** Text of all answers, or why there are none. */
export type FormulaOutcome = { ok: true; output: string } | { ok: false; reason: 'timeout' | 'unavailable' };

/** What a preview hands its formulas to. */
export interface FormulaRunner {
  evaluate(task: FormulaTask): Promise<FormulaOutcome>;
  close(): void;
}

/** A worker that was started, and what is to be told of it. */
export interface StartedWorker {
  post(message: FormulaTask & { id: number }): void;
  end(): unknown;
}
export interface WorkerListeners {
  hear(said: WorkerSays): void;
  fail(): void;
}

interface Waiting {
  id: number;
  task: FormulaTask;
  resolve(outcome: FormulaOutcome): void;
}

const START_MS = 20_000;

/**
 * Runs the formulas of previews in a worker, one task after the other. A task that takes longer than it may ends with the worker,
 * and the next one gets another worker; the page never waits for it.
 */
export function createFormulaRunner(start: (listeners: WorkerListeners) => StartedWorker, timeoutMs = 1_500): FormulaRunner {
  const queue: Waiting[] = [];
  let worker: StartedWorker | null = null;
  let ready = false;
  let running: Waiting | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastId = 0;
  let closed = false;

  function begin(): void {
    if (running !== null || closed) return;
    const next = queue.shift();
    if (next === undefined) return;
    running = next;
    if (worker === null && !launch()) return finish({ ok: false, reason: 'unavailable' });
    if (ready) hand(next);
  }

  function launch(): boolean {
    ready = false;
    try {
      worker = start({ hear, fail: () => stop('unavailable') });
    } catch {
      return false;
    }
    timer = setTimeout(() => stop('unavailable'), START_MS);
    return true;
  }

  function hear(said: WorkerSays): void {
    if ('ready' in said) {
      ready = true;
      clearTimeout(timer);
      if (running !== null) hand(running);
    } else if (said.id === running?.id) {
      finish('output' in said ? { ok: true, output: said.output } : { ok: false, reason: 'unavailable' });
    }
  }

  function hand({ id, task }: Waiting): void {
    timer = setTimeout(() => stop('timeout'), timeoutMs);
    worker?.post({ id, ...task });
  }

  /** Ends the worker, and with it the task under way. */
  function stop(reason: 'timeout' | 'unavailable'): void {
    worker?.end();
    worker = null;
    finish({ ok: false, reason });
  }

  function finish(outcome: FormulaOutcome): void {
    clearTimeout(timer);
    const done = running;
    running = null;
    done?.resolve(outcome);
    begin();
  }

  return {
    evaluate: (task) =>
      closed
        ? Promise.resolve({ ok: false, reason: 'unavailable' })
        : new Promise((resolve) => {
            queue.push({ id: (lastId += 1), task, resolve });
            begin();
          }),
    close() {
      closed = true;
      for (const { resolve } of queue.splice(0)) resolve({ ok: false, reason: 'unavailable' });
      stop('unavailable');
    },
  };
}

import { createFormulaRunner, type FormulaRunner } from './formula-runner.ts';
import type { WorkerSays } from './formula-worker.ts';

let shared: FormulaRunner | undefined;

/** The page's one runner of formulas, started when the first formula is previewed. Only in a browser. */
export function browserFormulas(): FormulaRunner {
  // The address is written out where the worker is made: bundlers find it by that.
  shared ??= createFormulaRunner((listeners) => {
    const worker = new Worker(new URL('./formula-worker-entry.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<WorkerSays>) => listeners.hear(data));
    worker.addEventListener('error', listeners.fail);
    return { post: (message) => worker.postMessage(message), end: () => worker.terminate() };
  });
  return shared;
}

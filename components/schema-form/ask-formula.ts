import type { FormulaAnswer, FormulaRequest } from './formula-answer.ts';

/** A formula that takes longer is ended together with its worker: it may never end by itself. */
const LONGEST_MS = 1_500;

let worker: Worker | null = null;
let asked = 0;
const waiting = new Map<number, (answer: FormulaAnswer) => void>();

/** Evaluates an expression on a record, in a worker of the page. */
export function askFormula(expression: string, recordText: string): Promise<FormulaAnswer> {
  const request: FormulaRequest = { id: (asked += 1), expression, recordText };
  const by = openWorker();
  return new Promise((resolve) => {
    const watchdog = setTimeout(() => {
      worker?.terminate();
      worker = null;
      for (const [id, tell] of waiting) tell({ id, state: 'slow' });
    }, LONGEST_MS);
    waiting.set(request.id, (answer) => {
      clearTimeout(watchdog);
      waiting.delete(request.id);
      resolve(answer);
    });
    by.postMessage(request);
  });
}

function openWorker(): Worker {
  if (worker !== null) return worker;
  worker = new Worker(new URL('./formula-worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<FormulaAnswer>) => waiting.get(data.id)?.(data));
  return worker;
}

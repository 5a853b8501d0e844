import type { SuggestInput } from '#engine/schema/suggest-lines.ts';
import type { Suggestion } from '#engine/schema/suggest.ts';
import { answerLines, type LinesAnswer } from './lines-answer.ts';

let worker: Worker | null = null;
let asked = 0;
const waiting = new Map<number, (found: readonly Suggestion[]) => void>();

/** Suggestions from a worker of the page's own; where there can be none, from the page itself. */
export function askLines(wanted: SuggestInput): Promise<readonly Suggestion[]> {
  const request = { id: (asked += 1), wanted };
  const by = openWorker();
  if (by === null) return Promise.resolve(answerLines(request).found);
  return new Promise((resolve) => {
    waiting.set(request.id, resolve);
    by.postMessage(request);
  });
}

function openWorker(): Worker | null {
  if (worker !== null || typeof Worker === 'undefined') return worker;
  worker = new Worker(new URL('./lines-worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<LinesAnswer>) => {
    waiting.get(data.id)?.(data.found);
    waiting.delete(data.id);
  });
  return worker;
}

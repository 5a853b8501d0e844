import type { Position } from '#engine/flow/document.ts';
import type { LayoutInput } from './layout.ts';

/** Lays out in a worker, which ends with the answer. Rejects if the worker cannot be loaded. */
export function layOutAside(input: LayoutInput): Promise<Record<string, Position>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', (event: MessageEvent<Record<string, Position>>) => {
      worker.terminate();
      resolve(event.data);
    });
    worker.addEventListener('error', (event) => {
      worker.terminate();
      reject(new Error(event.message));
    });
    worker.postMessage(input);
  });
}

import type { FieldEvidence } from '#engine/schema/evidence.ts';
import { evidenceOf, type EvidenceAnswer, type EvidenceRequest } from './evidence-request.ts';

let worker: Worker | null = null;
const waiting = new Map<number, (evidence: readonly FieldEvidence[]) => void>();

/** Evidence from a worker of the page's own; where there can be none, from the page itself once it is idle. */
export function askEvidence(request: EvidenceRequest): Promise<readonly FieldEvidence[]> {
  const by = openWorker();
  if (by === null) return new Promise((resolve) => whenIdle(() => resolve(evidenceOf(request))));
  return new Promise((resolve) => {
    waiting.set(request.id, resolve);
    by.postMessage(request);
  });
}

function openWorker(): Worker | null {
  if (worker !== null || typeof Worker === 'undefined') return worker;
  worker = new Worker(new URL('./evidence-worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', ({ data }: MessageEvent<EvidenceAnswer>) => {
    waiting.get(data.id)?.(data.evidence);
    waiting.delete(data.id);
  });
  return worker;
}

function whenIdle(work: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(work, { timeout: 1_000 });
  else setTimeout(work, 50);
}

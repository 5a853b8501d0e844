/**
 * The child process: the only place where user text runs. It was started with an empty environment and one channel, to the pool.
 * It serves one request at a time; the isolates work on threads of their own, so this loop stays free to notice a lost parent
 * and memory taken outside the isolate's heap.
 */
import type { ChildMessage, ChildRequest } from './protocol.ts';

const GUARD_EVERY_MS = 50;
/** V8 may overshoot an isolate's limit two- to threefold before it stops the script (isolated-vm's own words). */
const OVERSHOOT = 3;
const HEADROOM_BYTES = 64 * 2 ** 20;

function tell(message: ChildMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send) process.send(message, () => resolve());
    else resolve();
  });
}

/** Resolves when the process has grown beyond what the request may use. */
function watchMemory(memoryMb: number, onExceeded: () => void): () => void {
  const most = process.memoryUsage.rss() + OVERSHOOT * memoryMb * 2 ** 20 + HEADROOM_BYTES;
  const timer = setInterval(() => {
    if (process.memoryUsage.rss() > most) onExceeded();
  }, GUARD_EVERY_MS);
  return () => clearInterval(timer);
}

async function main(): Promise<void> {
  process.once('disconnect', () => process.exit(0));
  // Loaded here, not at the top: when the native module is missing the pool must hear it, and nothing else may run instead.
  const { createIsolates } = await import('./isolates.ts');
  const isolates = createIsolates(() => process.exit(70));

  async function answer(message: ChildRequest): Promise<void> {
    if (message.task === 'check') {
      await tell({ type: 'result', id: message.id, result: await isolates.check(message.script), last: false });
      return;
    }
    const { id, tenant, request, limits } = message;
    const stopWatching = watchMemory(request.memoryMb, () => {
      stopWatching();
      const result = { ok: false, kind: 'memory', message: 'The script used more memory than it may.' } as const;
      void tell({ type: 'result', id, result, last: true }).then(() => process.exit(0));
    });
    const result = await isolates.evaluate(tenant, request, limits);
    stopWatching();
    await tell({ type: 'result', id, result, last: false });
  }

  process.on('message', (message: ChildRequest) => void answer(message));
  await tell({ type: 'ready' });
}

main().catch(async (error: unknown) => {
  await tell({ type: 'unavailable', message: error instanceof Error ? error.message : String(error) });
  process.exit(1);
});

/**
 * The child process: the only place where user text runs. It was started with an empty environment and one channel, to the pool.
 * It serves one request at a time; the isolates work on threads of their own, so this loop stays free to notice a lost parent
 * and memory taken outside the isolate's heap.
 */
import { inheritedChannel, readFrames, writeFrame } from './frames.ts';
import type { ChildMessage, ChildRequest, Failure } from './protocol.ts';

const GUARD_EVERY_MS = 50;
/** V8 may overshoot an isolate's limit two- to threefold before it stops the script (isolated-vm's own words). */
const OVERSHOOT = 3;
const HEADROOM_BYTES = 64 * 2 ** 20;
const STOCK_EVERY = 64;
/** A child that holds this much while it rests makes room for a new one. */
const RETIRE_BYTES = 768 * 2 ** 20;
/** Inputs are bounded by the pool; this is only against a channel gone mad. */
const MAX_FRAME = 512 * 2 ** 20;
const TOO_MUCH: Failure = { ok: false, kind: 'memory', message: 'The script used more memory than it may.' };

const channel = inheritedChannel(3);

function tell(message: ChildMessage, texts: string[] = []): void {
  writeFrame(channel, message, texts);
}

/** Ends the process when what was told has left it. */
function leave(code: number): void {
  channel.end(() => process.exit(code));
}

/** What the process holds between requests; asked of the system now and then, because asking costs more than a small page. */
let resting = process.memoryUsage.rss();
let requests = 0;

/** @returns whether the child has grown too old to go on */
function takeStock(): boolean {
  requests += 1;
  if (requests % STOCK_EVERY === 0) resting = process.memoryUsage.rss();
  return resting > RETIRE_BYTES;
}

/** Calls back once the process has grown beyond what the request may use. */
function watchMemory(memoryMb: number, onExceeded: () => void): () => void {
  const most = resting + OVERSHOOT * memoryMb * 2 ** 20 + HEADROOM_BYTES;
  const timer = setInterval(() => {
    if (process.memoryUsage.rss() > most) onExceeded();
  }, GUARD_EVERY_MS);
  return () => clearInterval(timer);
}

async function main(): Promise<void> {
  channel.once('close', () => process.exit(0));
  // Loaded here, not at the top: when the native module is missing the pool must hear it, and nothing else may run instead.
  const { createIsolates } = await import('./isolates.ts');
  const isolates = createIsolates(() => process.exit(70));

  async function answer(message: ChildRequest, inputs: string[]): Promise<void> {
    const { id } = message;
    if (message.task === 'check') {
      const failure = await isolates.check(message);
      return tell(failure ? { type: 'failed', id, failure, last: false } : { type: 'checked', id });
    }
    let over = false;
    const stopWatching = watchMemory(message.memoryMb, () => {
      stopWatching();
      over = true;
      tell({ type: 'failed', id, failure: TOO_MUCH, last: true });
      leave(0);
    });
    const result = await isolates.evaluate(message, inputs);
    stopWatching();
    if (over) return;
    const last = takeStock();
    if (result.ok) tell({ type: 'pages', id, last }, [result.pages]);
    else tell({ type: 'failed', id, failure: result, last });
    if (last) leave(0);
  }

  readFrames(channel, MAX_FRAME, {
    // The pool is the only sender: the head is a request.
    onFrame: ({ head, texts }) => void answer(head as ChildRequest, texts),
    onFault: () => process.exit(71),
  });
  tell({ type: 'ready' });
}

main().catch((error: unknown) => {
  tell({ type: 'unavailable', message: error instanceof Error ? error.message : String(error) });
  leave(1);
});

import type { RunNotice } from '../run-signals.ts';
import type { Scope } from '../tenancy/scope.ts';
import type { RunSignal } from '../views/run.ts';

/**
 * Says which retailers' runs changed, for as long as somebody listens. Notices that arrive while the reader is busy are
 * merged into one. The first signal says "anything may have changed": it closes the gap between the list that was loaded
 * before and this subscription.
 */
export async function* runSignals(scope: Scope, signal: AbortSignal | undefined): AsyncGenerator<RunSignal> {
  const inbox = createMergingInbox();
  const leave = await scope.runtime.signals.subscribe((notice) => {
    const visible = notice === null ? [] : visibleTo(scope, notice);
    if (visible !== null) inbox.put(visible);
  });
  const abort = () => inbox.end();
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) inbox.end();
  try {
    inbox.put([]);
    for (let retailerIds = await inbox.take(); retailerIds !== null; retailerIds = await inbox.take()) {
      yield { at: new Date().toISOString(), retailerIds };
    }
  } finally {
    signal?.removeEventListener('abort', abort);
    leave();
  }
}

/** @returns the retailers of a notice that this scope may know of; null when there are none. */
function visibleTo(scope: Scope, notice: RunNotice): string[] | null {
  if (notice.partnerId !== scope.partnerId) return null;
  const visible = scope.retailerId === null ? notice.retailerIds : notice.retailerIds.filter((id) => id === scope.retailerId);
  return visible.length === 0 ? null : visible;
}

/** Holds at most one merged notice. An empty list means "all" and swallows the others. */
function createMergingInbox() {
  let waiting: Set<string> | 'all' | null = null;
  let ended = false;
  let wake: (() => void) | null = null;
  return {
    put(retailerIds: string[]) {
      if (retailerIds.length === 0) waiting = 'all';
      else if (waiting !== 'all') waiting = new Set([...(waiting ?? []), ...retailerIds]);
      wake?.();
    },
    end() {
      ended = true;
      wake?.();
    },
    async take(): Promise<string[] | null> {
      while (waiting === null && !ended) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = null;
      }
      if (ended) return null;
      const taken = waiting === 'all' || waiting === null ? [] : [...waiting];
      waiting = null;
      return taken;
    },
  };
}

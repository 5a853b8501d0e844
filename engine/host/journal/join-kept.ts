import type { StateWrite } from './run-write.ts';

/** Two pieces of what one run keeps, as one: a run may write twice before a batch goes. */
export function joinKept(earlier: StateWrite | null, later: StateWrite | null): StateWrite | null {
  if (!earlier || !later) return later ?? earlier;
  const turnedTo = later.page?.page;
  return {
    ...later,
    page: later.page ?? earlier.page,
    // What belongs to a page that was turned meanwhile is not needed any more.
    memos: [...earlier.memos.filter((memo) => memo.page === 0 || turnedTo === undefined || memo.page >= turnedTo), ...later.memos],
    checkpoints: [...new Map([...earlier.checkpoints, ...later.checkpoints])],
    reply: later.reply ?? earlier.reply,
  };
}

/** Something that must have ended by a moment of the process clock. */
export interface Timed {
  readonly deadline: number;
  readonly ended: boolean;
  expire(): void;
}

const LOOK_EVERY_MS = 100;

const open = new Set<Timed>();
let timer: NodeJS.Timeout | null = null;

/** Ends it at most a tenth of a second after its deadline, unless it has ended by itself. One timer for all calls: one each costs more than the rest of a call's book-keeping. */
export function untilDeadline(timed: Timed): void {
  open.add(timed);
  timer ??= setInterval(look, LOOK_EVERY_MS).unref();
}

function look(): void {
  const now = performance.now();
  for (const timed of open) {
    if (!timed.ended && now < timed.deadline) continue;
    open.delete(timed);
    if (!timed.ended) timed.expire();
  }
  if (open.size > 0 || timer === null) return;
  clearInterval(timer);
  timer = null;
}

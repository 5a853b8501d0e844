/** Moments at which a process that dies is most likely to lose something or to do it twice. */
export const FAULT_POINTS = [
  'before_accept_commit',
  'after_accept_commit',
  'after_claim',
  'after_bell',
  'after_call',
  'in_sandbox',
  'before_journal_write',
  'after_journal_write',
  'page_turned',
  'before_checkpoint_write',
  'before_lease_release',
  'schedule_fires',
] as const;

export type FaultPoint = (typeof FAULT_POINTS)[number];

/** Where to die, and at which passing of that point, from 1. */
export interface Fault {
  point: FaultPoint;
  hit: number;
}

let armed: Fault | null = null;

/** Makes this process kill itself at a point. Only tests ask for it, by the setting WEFT_TEST_FAULT. */
export function armFaultPoint(fault: Fault): void {
  armed = { ...fault };
}

/** Marks a moment at which a test may have the process killed. Does nothing in a process that was not started for such a test. */
export function faultPoint(point: FaultPoint): void {
  if (armed === null || armed.point !== point) return;
  armed.hit -= 1;
  // Not an exit: nothing of the process may get to run once more.
  if (armed.hit <= 0) process.kill(process.pid, 'SIGKILL');
}

/** Reads `point` or `point@hit`; null for anything else. */
export function readFault(text: string): Fault | null {
  const [name, hit = '1'] = text.split('@');
  const point = FAULT_POINTS.find((one) => one === name);
  return point && /^[1-9]\d{0,5}$/.test(hit) ? { point, hit: Number(hit) } : null;
}

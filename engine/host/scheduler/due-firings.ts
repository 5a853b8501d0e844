import type { TimedTrigger } from './timed-trigger.ts';

/** A firing seen this long after its time is still on time; older ones were missed. Milliseconds. */
const ON_TIME_MS = 60_000;
/** Most missed firings that are made up for; older ones are dropped, whatever the policy. */
const MOST_MISSED = 100;

export interface DueFirings {
  /** Fire these now, oldest first. */
  fire: Date[];
  /** How many are left out, and why there are any. */
  skipped: number;
  /** Everything up to here has been considered. */
  cursor: Date;
  /** Look again at this time; null when there is no further firing. */
  dueAt: Date | null;
}

/**
 * Which firings of a trigger are to be started now, if those up to `cursor` have been dealt with. The rule:
 *
 * - Inside a blackout nothing fires; its firings, and those nobody saw within a minute, are *missed*.
 * - `skip` drops what was missed. `once` makes up for all of it with one firing, that of the newest, unless one is due on time, which
 *   then stands for them. `all` makes up for each of the newest hundred, in order.
 * - With `noOverlap` (`busy`: the run before is not terminal) a firing is left out, under `all` it waits its turn instead.
 */
export function dueFirings(trigger: TimedTrigger, at: { cursor: Date; now: Date; busy: boolean }): DueFirings {
  const { now, cursor } = at;
  const pauseEnd = endOfBlackout(trigger, now.getTime());
  if (pauseEnd !== null) return { fire: [], skipped: 0, cursor, dueAt: new Date(pauseEnd) };
  const seen = cursor < now ? trigger.last({ after: cursor, until: now, count: MOST_MISSED + 1 }) : [];
  const ended = { cursor: now, dueAt: trigger.next(now) };
  if (seen.length === 0) return { fire: [], skipped: 0, ...ended };
  const onTime = seen.filter((tick) => now.getTime() - tick.getTime() <= ON_TIME_MS && endOfBlackout(trigger, tick.getTime()) === null);
  const wanted = { skip: onTime, once: onTime.length > 0 ? onTime : seen.slice(-1), all: seen.slice(-MOST_MISSED) }[trigger.missed];
  if (!trigger.noOverlap) return { fire: wanted, skipped: seen.length - wanted.length, ...ended };
  if (trigger.missed === 'all') return inTurn(trigger, wanted, { ...at, seen: seen.length });
  const fire = at.busy ? [] : wanted.slice(-1);
  return { fire, skipped: seen.length - fire.length, ...ended };
}

const TURN_MS = 1_000;

function inTurn(trigger: TimedTrigger, wanted: Date[], at: { now: Date; busy: boolean; seen: number }): DueFirings {
  const [first, second] = wanted;
  const again = new Date(at.now.getTime() + TURN_MS);
  const dropped = at.seen - wanted.length;
  if (first === undefined) return { fire: [], skipped: 0, cursor: at.now, dueAt: trigger.next(at.now) };
  if (at.busy) return { fire: [], skipped: dropped, cursor: new Date(first.getTime() - 1), dueAt: again };
  return { fire: [first], skipped: dropped, cursor: first, dueAt: second === undefined ? trigger.next(first) : again };
}

/** When the blackout around an instant ends, those that begin before its end included; null outside of any. */
function endOfBlackout(trigger: TimedTrigger, instant: number): number | null {
  let end = instant;
  for (;;) {
    const around = trigger.blackouts.filter(({ from, to }) => from <= end && end < to);
    if (around.length === 0) return end === instant ? null : end;
    end = Math.max(...around.map(({ to }) => to));
  }
}

import { CronExpressionParser } from 'cron-parser';
import { instantsOf, localAt } from './zone-time.ts';

/** Why a schedule cannot be used; null when it can. */
export type ScheduleFault = 'cron_invalid' | 'cron_never_fires' | 'time_zone_invalid';

/** A cron text of five fields, read on the clocks of an IANA time zone. */
export interface Cron {
  cron: string;
  timeZone: string;
}

/** Checks a five-field cron text and an IANA time zone. */
export function checkSchedule(cron: string, timeZone: string): ScheduleFault | null {
  if (!isTimeZone(timeZone)) return 'time_zone_invalid';
  if (cron.trim().split(/\s+/).length !== 5) return 'cron_invalid';
  try {
    CronExpressionParser.parse(cron, { tz: 'UTC' });
  } catch {
    return 'cron_invalid';
  }
  return nextFirings({ cron, timeZone, from: new Date(0), count: 1 }).length === 0 ? 'cron_never_fires' : null;
}

/**
 * The next `count` instants after `from` at which the schedule fires. Empty for an unusable schedule.
 *
 * The rule where clocks are set forward or back: a local time that does not exist fires as long after the gap as it stands in it
 * (02:30 fires at 03:30; once, if 03:30 is named too). A local time that comes twice fires at its first occurrence only, unless the
 * schedule names every hour: then it follows the hours as they pass, the repeated one included.
 */
export function nextFirings(schedule: Cron & { from: Date; count: number }): Date[] {
  const found: Date[] = [];
  for (const instant of firingsAfter(schedule, schedule.from.getTime())) {
    found.push(new Date(instant));
    if (found.length >= schedule.count) break;
  }
  return found;
}

/** The last `count` firings in (after, until], oldest first. */
export function lastFirings(schedule: Cron & { after: Date; until: Date; count: number }): Date[] {
  const until = schedule.until.getTime();
  // Looking back over weeks for the last few of a schedule that fires each minute would read all of them.
  for (let span = 600_000; ; span *= 4) {
    const after = Math.max(schedule.after.getTime(), until - span);
    const found: number[] = [];
    for (const instant of firingsAfter(schedule, after)) {
      if (instant > until) break;
      found.push(instant);
    }
    if (found.length >= schedule.count || after === schedule.after.getTime()) return found.slice(-schedule.count).map((instant) => new Date(instant));
  }
}

/**
 * cron-parser reads the fields and counts through clock readings; which instant a reading stands for is decided here. (Left to itself
 * it fires a doubled time twice when asked in between, and skips a firing in a gap of half an hour.)
 */
function* firingsAfter({ cron, timeZone }: Cron, from: number): Generator<number> {
  try {
    const start = localAt(from, timeZone) - 3 * 3_600_000;
    const readings = CronExpressionParser.parse(cron, { tz: 'UTC', currentDate: new Date(start) });
    const everyHour = readings.fields.hour.values.length === 24;
    let pending: number[] = [];
    let last = from;
    for (;;) {
      const { exact, shifted, floor } = instantsOf(readings.next().getTime(), timeZone);
      for (const instant of pending.filter((one) => one < floor)) {
        if (instant > last) yield (last = instant);
      }
      pending = [...pending.filter((one) => one >= floor), ...(everyHour && exact.length > 1 ? exact : [shifted])].toSorted((one, other) => one - other);
    }
  } catch {
    // An unusable schedule, or one without a further firing.
  }
}

function isTimeZone(timeZone: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone });
    return timeZone !== '';
  } catch {
    return false;
  }
}

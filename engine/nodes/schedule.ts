import { CronExpressionParser } from 'cron-parser';

/** Why a schedule cannot be used; null when it can. */
export type ScheduleFault = 'cron_invalid' | 'cron_never_fires' | 'time_zone_invalid';

/** Checks a five-field cron text and an IANA time zone. */
export function checkSchedule(cron: string, timeZone: string): ScheduleFault | null {
  if (!isTimeZone(timeZone)) return 'time_zone_invalid';
  if (cron.trim().split(/\s+/).length !== 5) return 'cron_invalid';
  try {
    CronExpressionParser.parse(cron, { tz: timeZone });
  } catch {
    return 'cron_invalid';
  }
  return nextFirings({ cron, timeZone, from: new Date(0), count: 1 }).length === 0 ? 'cron_never_fires' : null;
}

/**
 * The next `count` instants after `from` at which the schedule fires, daylight saving observed: a time skipped in
 * spring fires at the next possible instant, a doubled one in autumn fires once. Empty for an unusable schedule.
 */
export function nextFirings(schedule: { cron: string; timeZone: string; from: Date; count: number }): Date[] {
  try {
    const expression = CronExpressionParser.parse(schedule.cron, { tz: schedule.timeZone, currentDate: schedule.from });
    return expression.take(schedule.count).map((date) => date.toDate());
  } catch {
    return [];
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

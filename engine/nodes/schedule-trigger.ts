import { z } from 'zod';
import { errorIn } from './checks.ts';
import { defineNode } from './node-kind.ts';
import { TRIGGER_PORTS, passOn } from './pass-on.ts';
import { checkSchedule } from './schedule.ts';

const config = z.strictObject({
  cron: z.string().max(100).meta({ field: { kind: 'cron', help: true, placeholder: '0 6 * * 1-5' } }),
  timeZone: z.string().max(100).meta({ field: { kind: 'timeZone', help: true } }),
});

export type ScheduleTriggerConfig = z.infer<typeof config>;

/** Starts a run at fixed times of a time zone. */
export const scheduleTrigger = defineNode<ScheduleTriggerConfig>({
  kind: 'schedule-trigger',
  version: 1,
  group: 'trigger',
  icon: 'calendar-clock',
  config,
  initial: () => ({ cron: '0 6 * * *', timeZone: 'Europe/Berlin' }),
  ports: () => TRIGGER_PORTS,
  summary: ({ cron, timeZone }) => ({ key: 'fires', params: { cron, timeZone } }),
  check({ cron, timeZone }, scope) {
    if (cron.trim() === '') return [errorIn(scope, 'cron_empty', { field: 'cron' })];
    const fault = checkSchedule(cron, timeZone);
    if (fault === null) return [];
    if (fault === 'time_zone_invalid') return [errorIn(scope, fault, { field: 'timeZone', params: { timeZone } })];
    return [errorIn(scope, fault, { field: 'cron', params: { cron } })];
  },
  passThrough: true,
  effect: 'none',
  execute: passOn,
});

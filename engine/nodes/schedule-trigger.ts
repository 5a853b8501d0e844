import { z } from 'zod';
import type { Problem } from '../flow/problem.ts';
import { schemaDocSchema } from '../schema/schema-doc.ts';
import { errorIn } from './checks.ts';
import { instantOf } from './instant.ts';
import { defineNode, type NodeCheckScope } from './node-kind.ts';
import { TRIGGER_PORTS, passOn } from './pass-on.ts';
import { checkSchedule } from './schedule.ts';

/** From (included) to (not included), wall-clock time of the schedule's zone: `2026-11-27T00:00`. */
export const blackoutSchema = z.strictObject({ from: z.string().max(30), to: z.string().max(30) });
export type Blackout = z.infer<typeof blackoutSchema>;

const LOCAL_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/;

const config = z.strictObject({
  cron: z.string().max(100).meta({ field: { kind: 'cron', help: true, source: 'https://pubs.opengroup.org/onlinepubs/9699919799/utilities/crontab.html', placeholder: '0 6 * * 1-5' } }),
  timeZone: z.string().max(100).meta({ field: { kind: 'timeZone', help: true, source: 'https://www.iana.org/time-zones' } }),
  /** Firings that fell into a time without an engine: one for all of them, none, or each. Absent: one. */
  missed: z
    .enum(['once', 'skip', 'all'])
    .optional()
    .meta({ field: { kind: 'select', help: true, advanced: true } }),
  /** A firing while the run of the one before is not finished is left out. */
  noOverlap: z
    .boolean()
    .optional()
    .meta({ field: { kind: 'toggle', help: true, advanced: true } }),
  blackouts: z
    .array(blackoutSchema)
    .max(100)
    .optional()
    .meta({ field: { kind: 'blackouts', help: true, advanced: true } }),
  /** What the events look like. */
  schema: schemaDocSchema.optional(),
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
  check,
  passThrough: true,
  effect: 'none',
  execute: passOn,
});

function check({ cron, timeZone, blackouts }: ScheduleTriggerConfig, scope: NodeCheckScope): Problem[] {
  return [...checkTimes(scope, { cron, timeZone }), ...checkBlackouts(scope, blackouts)];
}

/** A cron text and a zone that give a next firing. `prefix` is the group the two fields lie in. */
export function checkTimes(scope: NodeCheckScope, { cron, timeZone }: { cron: string; timeZone: string }, prefix = ''): Problem[] {
  if (cron.trim() === '') return [errorIn(scope, 'cron_empty', { field: `${prefix}cron` })];
  const fault = checkSchedule(cron, timeZone);
  if (fault === null) return [];
  if (fault === 'time_zone_invalid') return [errorIn(scope, fault, { field: `${prefix}timeZone`, params: { timeZone } })];
  return [errorIn(scope, fault, { field: `${prefix}cron`, params: { cron } })];
}

/** Times of silence that have a begin before their end. `prefix` is the group they lie in. */
export function checkBlackouts(scope: NodeCheckScope, blackouts: readonly Blackout[] = [], prefix = ''): Problem[] {
  return blackouts.flatMap((blackout, index) => checkBlackout(scope, blackout, { field: `${prefix}blackouts.${index}`, index }));
}

function checkBlackout(scope: NodeCheckScope, { from, to }: Blackout, { field, index }: { field: string; index: number }): Problem[] {
  const params = { number: index + 1 };
  if (!isLocalTime(from) || !isLocalTime(to)) return [errorIn(scope, 'blackout_invalid', { field, params })];
  return from < to ? [] : [errorIn(scope, 'blackout_reversed', { field, params })];
}

function isLocalTime(text: string): boolean {
  return LOCAL_TIME.test(text) && instantOf(text) !== null;
}

import { z } from 'zod';
import type { Problem } from '../flow/problem.ts';
import { schemaDocSchema } from '../schema/schema-doc.ts';
import { checkPath, errorIn } from './checks.ts';
import { checkDuration } from './duration.ts';
import { checkListRequest, initialListRequest, listRequestFields, rareListRequestFields } from './list-request-config.ts';
import { defineNode, type NodeCheckScope, type Summary } from './node-kind.ts';
import { notAsked } from './not-asked.ts';
import { TRIGGER_PORTS } from './pass-on.ts';
import { preparePoll, readPollPage, type PreparedPoll } from './polling/read-poll-page.ts';
import { blackoutSchema, checkBlackouts, checkTimes } from './schedule-trigger.ts';

export const POLL_MINUTES = { min: 1, max: 1_440 };
export const OVERLAP_SECONDS = { min: 0, max: 7 * 86_400 };

const byInterval = { field: 'mode', is: ['interval'] };
const byCron = { field: 'mode', is: ['cron'] };

const config = z.strictObject({
  ...listRequestFields,
  url: listRequestFields.url.meta({ field: { kind: 'text', template: true, help: true, placeholder: '/orders' } }),
  schedule: z
    .strictObject({
      mode: z.enum(['interval', 'cron']).meta({ field: { kind: 'select' } }),
      everyMinutes: z.number().meta({ field: { kind: 'number', when: byInterval, ...POLL_MINUTES, unit: 'minutes' } }),
      cron: z.string().max(100).meta({ field: { kind: 'cron', help: true, when: byCron, placeholder: '*/15 6-20 * * *' } }),
      timeZone: z.string().max(100).meta({ field: { kind: 'timeZone', help: true } }),
      /** On the clock of the zone, whatever the mode. */
      blackouts: z.array(blackoutSchema).max(100).optional().meta({ field: { kind: 'blackouts', help: true, advanced: true } }),
    })
    .meta({ field: { kind: 'group', section: true } }),
  checkpoint: z
    .strictObject({
      path: z.string().max(500).meta({ field: { kind: 'path', help: true, placeholder: 'updated_at' } }),
      initial: z.string().max(200).meta({ field: { kind: 'text', help: true, placeholder: '2026-01-01T00:00:00Z' } }),
      overlapSeconds: z.number().meta({ field: { kind: 'duration', help: true, ...OVERLAP_SECONDS, unit: 'seconds' } }),
    })
    .meta({ field: { kind: 'group', section: true, help: true } }),
  keyPath: z.string().max(500).meta({ field: { kind: 'path', help: true, placeholder: 'id' } }),
  ...rareListRequestFields,
  /** What the records look like. */
  schema: schemaDocSchema.optional(),
});

export type PollTriggerConfig = z.infer<typeof config>;

/** Asks a system on a schedule what has changed since the last time, and starts a run with it. */
export const pollTrigger = defineNode<PollTriggerConfig, PreparedPoll>({
  kind: 'poll-trigger',
  version: 1,
  group: 'trigger',
  icon: 'refresh-cw',
  config,
  initial: () => ({
    ...initialListRequest(),
    query: [{ name: 'updated_since', value: '{{checkpoint}}' }],
    schedule: { mode: 'interval', everyMinutes: 15, cron: '*/15 * * * *', timeZone: 'Europe/Berlin' },
    checkpoint: { path: 'updated_at', initial: '', overlapSeconds: 120 },
    keyPath: 'id',
  }),
  ports: () => TRIGGER_PORTS,
  summary({ url, schedule }): Summary {
    if (url === '') return { key: 'empty' };
    return schedule.mode === 'cron' ? { key: 'cron', params: { url, cron: schedule.cron } } : { key: 'interval', params: { url, count: schedule.everyMinutes } };
  },
  check,
  prepare: (given) => preparePoll(given),
  effect: 'call',
  nextPage: ({ config: given, ...step }) => readPollPage({ ...step, config: given }),
  execute: notAsked,
});

function check(given: PollTriggerConfig, scope: NodeCheckScope): Problem[] {
  const { schedule, checkpoint, keyPath } = given;
  const problems = checkListRequest(given, scope);
  if (schedule.mode === 'cron') problems.push(...checkTimes(scope, schedule, 'schedule.'));
  else if (!(Number.isInteger(schedule.everyMinutes) && schedule.everyMinutes >= POLL_MINUTES.min && schedule.everyMinutes <= POLL_MINUTES.max)) {
    problems.push(errorIn(scope, 'number_range', { field: 'schedule.everyMinutes', params: POLL_MINUTES }));
  }
  problems.push(...checkBlackouts(scope, schedule.blackouts, 'schedule.'));
  problems.push(...checkPath(scope, 'checkpoint.path', checkpoint.path));
  problems.push(...checkDuration(scope, { field: 'checkpoint.overlapSeconds', value: checkpoint.overlapSeconds, ...OVERLAP_SECONDS }));
  // Without a key, what the overlap shows again could not be told from what is new.
  if (checkpoint.overlapSeconds > 0 || keyPath !== '') problems.push(...checkPath(scope, 'keyPath', keyPath));
  return problems;
}

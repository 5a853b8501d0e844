import { createHash } from 'node:crypto';
import { z } from 'zod';
import { lastFirings, nextFirings } from '#engine/nodes/schedule.ts';
import { instantsOf } from '#engine/nodes/zone-time.ts';
import type { LiveFlow } from '../config/flows.ts';

/** What becomes of firings whose time went by unseen (no scheduler ran) or fell into a blackout. */
export type MissedPolicy = 'skip' | 'once' | 'all';

/** A trigger that fires by the clock, as the ticker sees it. */
export interface TimedTrigger {
  nodeId: string;
  /** What its events and runs are listed as. */
  trigger: 'schedule' | 'poll';
  missed: MissedPolicy;
  /** No firing while the run of the one before is not terminal. */
  noOverlap: boolean;
  /** Epoch milliseconds; nothing fires from `from` (included) to `to` (excluded). */
  blackouts: { from: number; to: number }[];
  /** Changes when the times do: missed firings of an older time table are nobody's business. */
  spec: string;
  next(after: Date): Date | null;
  /** The last `count` firings in (after, until], oldest first. */
  last(range: { after: Date; until: Date; count: number }): Date[];
}

const cronSchema = z.object({ cron: z.string(), timeZone: z.string() });
const everySchema = z.object({ everyMinutes: z.coerce.number().int().min(1).max(100_000) });
const localTime = z.string().regex(/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?/);
const blackoutsSchema = z.array(z.object({ from: localTime, to: localTime })).catch([]);
const missedSchema = z.enum(['skip', 'once', 'all']).catch('once');
const MINUTE_MS = 60_000;

/** The timed triggers of a live version; those that cannot be read are left out. */
export function timedTriggersOf(flow: LiveFlow): TimedTrigger[] {
  return flow.plan.steps.flatMap((step) => {
    const trigger = readTimedTrigger(step.kind.kind, { flowId: flow.flowId, nodeId: step.nodeId, config: step.config });
    return trigger === null ? [] : [trigger];
  });
}

/** Null for a node that does not fire by the clock. */
export function readTimedTrigger(kind: string, node: { flowId: string; nodeId: string; config: unknown }): TimedTrigger | null {
  const { nodeId } = node;
  const config = z.looseObject({}).safeParse(node.config).data;
  if (config === undefined) return null;
  if (kind === 'schedule-trigger') {
    const cron = cronSchema.safeParse(config);
    if (!cron.success) return null;
    const zone = cron.data.timeZone;
    return { nodeId, trigger: 'schedule', missed: missedSchema.parse(config['missed']), noOverlap: config['noOverlap'] === true, blackouts: blackoutsOf(config['blackouts'], zone), ...cronTimes(cron.data) };
  }
  if (kind !== 'poll-trigger') return null;
  // A poll reads on from its checkpoint, so one firing makes up for any number, and two at once would read the same pages.
  const poll = { nodeId, trigger: 'poll' as const, missed: 'once' as const, noOverlap: true };
  const schedule = z.looseObject({ mode: z.enum(['interval', 'cron']), timeZone: z.string().catch('UTC') }).safeParse(config['schedule']).data;
  const blackouts = schedule === undefined ? [] : blackoutsOf(schedule['blackouts'], schedule.timeZone);
  if (schedule?.mode === 'interval') {
    const every = everySchema.safeParse(schedule);
    return every.success ? { ...poll, blackouts, ...intervalTimes(every.data.everyMinutes, `${node.flowId}/${nodeId}`) } : null;
  }
  const cron = cronSchema.safeParse(schedule);
  return cron.success ? { ...poll, blackouts, ...cronTimes(cron.data) } : null;
}

type Times = Pick<TimedTrigger, 'spec' | 'next' | 'last'>;

function cronTimes(cron: { cron: string; timeZone: string }): Times {
  return {
    spec: `cron ${cron.cron} ${cron.timeZone}`,
    next: (after) => nextFirings({ ...cron, from: after, count: 1 })[0] ?? null,
    last: (range) => lastFirings({ ...cron, ...range }),
  };
}

/** Every N minutes, counted from 1970, plus a share of the first minute of its own: a thousand polls must not start in one second. */
function intervalTimes(minutes: number, name: string): Times {
  const step = minutes * MINUTE_MS;
  const offset = (createHash('sha256').update(name).digest().readUInt16BE(0) % 60) * 1_000;
  const before = (at: number) => Math.floor((at - offset) / step) * step + offset;
  return {
    spec: `every ${minutes}`,
    next: (after) => new Date(before(after.getTime()) + step),
    last({ after, until, count }) {
      const newest = before(until.getTime());
      const found = Math.max(0, Math.min(count, Math.ceil((newest - after.getTime()) / step)));
      return Array.from({ length: found }, (_, at) => new Date(newest - (found - 1 - at) * step));
    },
  };
}

function blackoutsOf(config: unknown, timeZone: string): { from: number; to: number }[] {
  return blackoutsSchema.parse(config).flatMap(({ from, to }) => {
    try {
      const [start, end] = [instantsOf(readingOf(from), timeZone), instantsOf(readingOf(to), timeZone)];
      // Where clocks are set back: from the first occurrence of its beginning to the last of its end.
      const range = { from: start.exact[0] ?? start.floor, to: end.exact.at(-1) ?? end.shifted };
      return range.from < range.to ? [range] : [];
    } catch {
      return [];
    }
  });
}

function readingOf(text: string): number {
  return Date.parse(`${text.length <= 10 ? `${text.slice(0, 10)}T00:00` : text.slice(0, 19)}Z`);
}

import { describe, expect, test } from 'vitest';
import { dueFirings } from './due-firings.ts';
import { readTimedTrigger, type TimedTrigger } from './timed-trigger.ts';

const HOURLY = { cron: '0 * * * *', timeZone: 'Europe/Berlin' };

function schedule(config: object): TimedTrigger {
  const trigger = readTimedTrigger('schedule-trigger', { flowId: 'f', nodeId: 'n', config: { ...HOURLY, ...config } });
  if (!trigger) throw new Error('not a schedule');
  return trigger;
}

function decide(trigger: TimedTrigger, at: { cursor: string; now: string; busy?: boolean }) {
  const due = dueFirings(trigger, { cursor: new Date(at.cursor), now: new Date(at.now), busy: at.busy ?? false });
  return { fire: due.fire.map((one) => one.toISOString().slice(11, 16)), skipped: due.skipped, dueAt: due.dueAt?.toISOString().slice(5, 16) ?? null };
}

describe('firings nobody saw', () => {
  // Five ticks, 07:00 to 11:00, gone by; the next one is at 12:00.
  const down = { cursor: '2026-06-01T06:30:00Z', now: '2026-06-01T11:30:00Z' };

  test.each([
    ['skip', [], 5],
    ['once', ['11:00'], 4],
    ['all', ['07:00', '08:00', '09:00', '10:00', '11:00'], 0],
  ])('%s', (missed, fire, skipped) => {
    expect(decide(schedule({ missed }), down)).toEqual({ fire, skipped, dueAt: '06-01T12:00' });
  });

  test('one that is on time stands for those before it, and is fired under every policy', () => {
    const at = { cursor: down.cursor, now: '2026-06-01T11:00:40Z' };
    expect(decide(schedule({ missed: 'once' }), at).fire).toEqual(['11:00']);
    expect(decide(schedule({ missed: 'skip' }), at)).toMatchObject({ fire: ['11:00'], skipped: 4 });
    expect(decide(schedule({ missed: 'all' }), at).fire).toHaveLength(5);
  });

  test('at most a hundred are made up for', () => {
    const due = decide(schedule({ missed: 'all' }), { cursor: '2026-05-01T00:30:00Z', now: '2026-06-01T11:30:00Z' });
    expect(due).toMatchObject({ skipped: 1 });
    expect(due.fire).toHaveLength(100);
    expect(due.fire.at(-1)).toBe('11:00');
  });
});

describe('blackouts', () => {
  // 20:00 to 23:30 and 23:00 to 01:00 in Berlin: 18:00 to 23:00 UTC.
  const blackouts = [{ from: '2026-06-01T20:00', to: '2026-06-01T23:30' }, { from: '2026-06-01T23:00', to: '2026-06-02T01:00' }];

  test('nothing fires inside; what would have is missed at their end', () => {
    const inside = { cursor: '2026-06-01T17:59:59Z', now: '2026-06-01T18:00:00Z' };
    expect(decide(schedule({ blackouts }), inside)).toEqual({ fire: [], skipped: 0, dueAt: '06-01T23:00' });
    const after = { cursor: '2026-06-01T17:59:59Z', now: '2026-06-01T23:00:00Z' };
    expect(decide(schedule({ blackouts, missed: 'skip' }), after).fire).toEqual(['23:00']);
    const later = { ...after, now: '2026-06-01T23:30:00Z' };
    expect(decide(schedule({ blackouts, missed: 'skip' }), { ...later, cursor: '2026-06-01T17:59:59Z' })).toMatchObject({ fire: [], skipped: 6 });
    expect(decide(schedule({ blackouts, missed: 'once' }), later).fire).toEqual(['23:00']);
    expect(decide(schedule({ blackouts, missed: 'all' }), later).fire).toEqual(['18:00', '19:00', '20:00', '21:00', '22:00', '23:00']);
  });

  test('one that was about to fire when it began waits as well', () => {
    const at = { cursor: '2026-06-01T16:59:00Z', now: '2026-06-01T18:00:01Z' };
    expect(decide(schedule({ blackouts }), at)).toEqual({ fire: [], skipped: 0, dueAt: '06-01T23:00' });
  });

  test('where clocks are set back it holds from the first of its beginning to the last of its end', () => {
    const [blackout] = schedule({ blackouts: [{ from: '2026-10-25T02:00', to: '2026-10-25T02:30' }] }).blackouts;
    expect([blackout?.from, blackout?.to].map((at) => new Date(at ?? 0).toISOString().slice(11, 16))).toEqual(['00:00', '01:30']);
  });
});

describe('no overlap', () => {
  test('a firing is left out while the run before goes on', () => {
    const trigger = schedule({ noOverlap: true, missed: 'once' });
    const at = { cursor: '2026-06-01T10:59:59Z', now: '2026-06-01T11:00:01Z' };
    expect(decide(trigger, { ...at, busy: true })).toEqual({ fire: [], skipped: 1, dueAt: '06-01T12:00' });
    expect(decide(trigger, at).fire).toEqual(['11:00']);
  });

  test('under "all" they wait their turn, one after another', () => {
    const trigger = schedule({ noOverlap: true, missed: 'all' });
    let cursor = new Date('2026-06-01T06:30:00Z');
    const now = new Date('2026-06-01T11:30:00Z');
    const fired: string[] = [];
    for (let look = 0; look < 20; look += 1) {
      const due = dueFirings(trigger, { cursor, now, busy: look % 2 === 1 });
      fired.push(...due.fire.map((one) => one.toISOString().slice(11, 16)));
      cursor = due.cursor;
      expect(due.fire.length).toBeLessThanOrEqual(1);
    }
    expect(fired).toEqual(['07:00', '08:00', '09:00', '10:00', '11:00']);
  });
});

describe('polls', () => {
  const poll = (config: object) => readTimedTrigger('poll-trigger', { flowId: 'f', nodeId: 'n', config: { schedule: config } });

  test('every five minutes, at a second of their own; one firing makes up for all that were missed, and they never overlap', () => {
    const trigger = poll({ mode: 'interval', everyMinutes: 5, cron: '*/15 * * * *', timeZone: 'UTC' });
    const first = trigger?.next(new Date('2026-06-01T10:00:00Z')) ?? new Date(0);
    expect(trigger?.next(first)?.getTime()).toBe(first.getTime() + 300_000);
    expect(trigger).toMatchObject({ noOverlap: true, missed: 'once', trigger: 'poll' });
    const range = { after: new Date('2026-06-01T10:00:00Z'), until: new Date('2026-06-01T10:30:00Z') };
    const last = trigger?.last({ ...range, count: 100 }) ?? [];
    expect(last).toHaveLength(6);
    expect(last[0]).toEqual(first);
    expect(trigger?.last({ ...range, count: 2 })).toEqual(last.slice(-2));
    expect(trigger?.last({ after: first, until: first, count: 5 })).toEqual([]);
  });

  test('or by cron', () => {
    expect(poll({ mode: 'cron', everyMinutes: 5, cron: '0 6 * * *', timeZone: 'Europe/Berlin' })?.next(new Date('2026-06-01T10:00:00Z'))?.toISOString()).toBe('2026-06-02T04:00:00.000Z');
    expect(poll({})).toBeNull();
  });

  test('stay silent in a blackout on the clock of their zone, and look again once when it is over', () => {
    const silent = { timeZone: 'Europe/Berlin', blackouts: [{ from: '2026-11-27T00:00', to: '2026-11-28T00:00' }] };
    for (const mode of ['interval', 'cron']) {
      const trigger = poll({ mode, everyMinutes: 30, cron: '*/30 * * * *', ...silent });
      if (trigger === null) throw new Error('no poll');
      const inside = dueFirings(trigger, { cursor: new Date('2026-11-26T22:40:00Z'), now: new Date('2026-11-27T12:00:00Z'), busy: false });
      expect(inside).toMatchObject({ fire: [], dueAt: new Date('2026-11-27T23:00:00Z') });
      expect(dueFirings(trigger, { cursor: inside.cursor, now: new Date('2026-11-27T23:10:00Z'), busy: false }).fire).toHaveLength(1);
    }
  });
});

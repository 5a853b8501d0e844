import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkSchedule, lastFirings, nextFirings } from './schedule.ts';

function firings(cron: string, timeZone: string, from: string): string[] {
  return nextFirings({ cron, timeZone, from: new Date(from), count: 2 }).map((date) => date.toISOString());
}

describe('next firings', () => {
  test('follow the clock of their zone through daylight saving', () => {
    expect(firings('0 6 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z')).toEqual([
      '2026-03-29T04:00:00.000Z',
      '2026-03-30T04:00:00.000Z',
    ]);
    expect(firings('0 6 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z')).toEqual([
      '2026-10-25T05:00:00.000Z',
      '2026-10-26T05:00:00.000Z',
    ]);
  });

  test.each([
    // Berlin, 29 March 2026: 02:00 becomes 03:00.
    ['30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', ['2026-03-29T01:30', '2026-03-30T00:30']],
    ['*/20 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z', ['2026-03-29T01:00', '2026-03-29T01:20', '2026-03-29T01:40', '2026-03-30T00:00']],
    ['0 1-3 * * *', 'Europe/Berlin', '2026-03-28T23:00:00Z', ['2026-03-29T00:00', '2026-03-29T01:00', '2026-03-29T23:00']],
    ['*/30 * * * *', 'Europe/Berlin', '2026-03-29T00:10:00Z', ['2026-03-29T00:30', '2026-03-29T01:00', '2026-03-29T01:30']],
    // Berlin, 25 October 2026: 03:00 becomes 02:00.
    ['30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', ['2026-10-25T00:30', '2026-10-26T01:30']],
    ['30 2 * * *', 'Europe/Berlin', '2026-10-25T01:00:00Z', ['2026-10-26T01:30']],
    ['0 1-3 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', ['2026-10-24T23:00', '2026-10-25T00:00', '2026-10-25T02:00', '2026-10-26T00:00']],
    ['*/30 * * * *', 'Europe/Berlin', '2026-10-24T23:40:00Z', ['2026-10-25T00:00', '2026-10-25T00:30', '2026-10-25T01:00', '2026-10-25T01:30', '2026-10-25T02:00']],
    // Lord Howe moves by half an hour.
    ['15 2 * * *', 'Australia/Lord_Howe', '2026-10-02T16:00:00Z', ['2026-10-03T15:45', '2026-10-04T15:15']],
  ])('%s in %s from %s', (...[cron, timeZone, from, expected]) => {
    expect(nextFirings({ cron, timeZone, from: new Date(from), count: expected.length }).map((at) => at.toISOString().slice(0, 16))).toEqual(expected);
  });

  test('do not depend on when they are asked for; the last ones are the next ones seen from behind', () => {
    const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'America/Santiago');
    const crons = fc.constantFrom('30 2 * * *', '*/20 1-3 * * *', '0 * * * *', '15 */2 * * *', '*/7 * * * *', '0 0 * * *', '30 1 * * 0', '59 23 31 * *');
    // Around changes of both hemispheres, to the second.
    const near = fc.tuple(fc.constantFrom('2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01', '2026-09-06'), fc.integer({ min: -172_800, max: 172_800 }));
    fc.assert(
      fc.property(fc.record({ timeZone: zones, cron: crons, near, later: fc.integer({ min: 0, max: 172_800 }) }), ({ timeZone, cron, near: [day, seconds], later }) => {
        const from = new Date(Date.parse(day) + seconds * 1000);
        const all = nextFirings({ cron, timeZone, from, count: 60 }).map(Number);
        expect(all).toEqual([...new Set(all)].toSorted((one, other) => one - other));
        // Within what was listed, so that there is a next one to compare with.
        const middle = new Date(Math.min(from.getTime() + later * 1000, (all.at(-1) ?? 0) - 1));
        const rest = all.filter((at) => at > middle.getTime());
        expect(nextFirings({ cron, timeZone, from: middle, count: 1 }).map(Number)).toEqual(rest.slice(0, 1));
        const known = all.filter((at) => at <= middle.getTime());
        expect(lastFirings({ cron, timeZone, after: from, until: middle, count: 5 }).map(Number)).toEqual(known.slice(-5));
      }),
      { numRuns: 300 },
    );
  });

  test('an unusable schedule has none', () => {
    expect(firings('nonsense', 'UTC', '2026-01-01T00:00:00Z')).toEqual([]);
  });
});

test.each([
  ['0 6 * * 1-5', 'Europe/Berlin', null],
  ['*/5 * * * *', 'UTC', null],
  ['0 6 * *', 'UTC', 'cron_invalid'],
  ['0 0 6 * * *', 'UTC', 'cron_invalid'],
  ['0 25 * * *', 'UTC', 'cron_invalid'],
  ['0 6 * * *', '', 'time_zone_invalid'],
  ['0 6 * * *', 'Europe/Atlantis', 'time_zone_invalid'],
])('%s in %s: %s', (cron, timeZone, fault) => {
  expect(checkSchedule(cron, timeZone)).toBe(fault);
});

test('30 February never comes', () => {
  expect(['cron_invalid', 'cron_never_fires']).toContain(checkSchedule('0 0 30 2 *', 'UTC'));
});

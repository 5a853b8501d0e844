import { describe, expect, test } from 'vitest';
import { checkSchedule, nextFirings } from './schedule.ts';

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

  test('an hour that does not exist is made up for once, an hour that comes twice fires once', () => {
    const [first, second] = firings('30 2 * * *', 'Europe/Berlin', '2026-03-28T12:00:00Z');
    expect(first).toMatch(/^2026-03-29T01:/);
    expect(second).toBe('2026-03-30T00:30:00.000Z');
    expect(firings('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z').map((at) => at.slice(0, 10))).toEqual([
      '2026-10-25',
      '2026-10-26',
    ]);
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

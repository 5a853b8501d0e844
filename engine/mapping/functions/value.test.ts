import { describe, expect, test } from 'vitest';
import type { Json } from '../../flow/json.ts';
import { VALUE_FUNCTIONS } from './value.ts';

function apply(fn: keyof typeof VALUE_FUNCTIONS, value: Json, ...args: Json[]): Json | undefined {
  return VALUE_FUNCTIONS[fn].apply(value, args);
}

describe('functions that change what a value means', () => {
  test.each<[keyof typeof VALUE_FUNCTIONS, Json, Json[], string]>([
    ['value.net', '119.00', [19], '100'],
    ['value.net', '9.99', ['7.5'], '9.29'],
    ['value.gross', '8.40', [19], '10'],
    ['value.convertCurrency', '10.00', ['1.0842', 'USD'], '10.84'],
    ['value.pointsToMoney', 250, ['0.01'], '2.5'],
    ['value.moneyToPoints', '12.90', [1], '12'],
    ['value.moneyToPoints', '-12.90', [1], '-12'],
    ['value.toPieces', 3, [12], '36'],
    ['value.toCases', 18, [12], '1.5'],
    ['value.stockChange', 7, [10], '-3'],
    ['value.stockAfter', -3, [10], '7'],
    ['value.businessDay', '2026-03-01T01:30:00Z', ['America/New_York'], '2026-02-28'],
    ['value.businessDay', '2026-03-01T01:30:00+01:00', ['Europe/Berlin', 4], '2026-02-28'],
    ['value.businessDay', '2026-03-01T05:30:00+01:00', ['Europe/Berlin', 4], '2026-03-01'],
    ['value.as', 'x', ['net'], 'x'],
  ])('%s of %s', (...[fn, value, args, expected]) => {
    expect(String(apply(fn, value, ...args))).toBe(expected);
  });

  test('a day begins when the store’s zone says so, on either side of a change of the clocks', () => {
    const at = (day: string, zone: string): number => Date.parse(String(apply('value.startOfDay', day, zone)));
    expect(at('2026-03-29', 'Europe/Berlin')).toBe(Date.parse('2026-03-28T23:00:00Z'));
    expect(at('2026-03-30', 'Europe/Berlin')).toBe(Date.parse('2026-03-29T22:00:00Z'));
    expect(at('2026-07-01', 'America/Los_Angeles')).toBe(Date.parse('2026-07-01T07:00:00Z'));
  });

  test('an unknown zone and a division by nothing are faults', () => {
    expect(() => apply('value.businessDay', '2026-03-01T05:30:00Z', 'Europe/Nowhere')).toThrow('argument_invalid');
    expect(() => apply('value.toCases', 5, 0)).toThrow('division_by_zero');
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { textOf, type Json } from '../flow/json.ts';
import { add, compareNumbers, divide, multiply, round, subtract, sum, toFixed, toNumber } from './decimal.ts';

/** Amounts with up to `places` decimals as [text, units], units being the amount times 10^places. */
function amounts(places: number, max: bigint) {
  return fc.bigInt({ min: -max, max }).map((units): [string, bigint] => [textOfUnits(units, places), units]);
}

function textOfUnits(units: bigint, places: number): string {
  const digits = String(units < 0n ? -units : units).padStart(places + 1, '0');
  const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return units < 0n ? `-${text}` : text;
}

/** The value as text with exactly so many places: how bigint arithmetic sees it. */
function fixed(value: Json, places: number): string | null {
  return toFixed(value, places);
}

const small = amounts(2, 10n ** 9n);
const huge = amounts(2, 10n ** 30n);
/** Plain doubles where possible, so that the fast way is taken, and text, so that the exact one is. */
const forms = (text: string): Json[] => [text, Number(text)];

describe('exact, against whole-number arithmetic', () => {
  test('sums and differences, on both ways', () => {
    fc.assert(
      fc.property(small, small, ([a, aUnits], [b, bUnits]) => {
        for (const left of forms(a)) {
          for (const right of forms(b)) {
            expect(fixed(add(left, right), 2)).toBe(textOfUnits(aUnits + bUnits, 2));
            expect(fixed(subtract(left, right), 2)).toBe(textOfUnits(aUnits - bUnits, 2));
          }
        }
      }),
    );
  });

  test('products, on both ways', () => {
    fc.assert(
      fc.property(small, small, ([a, aUnits], [b, bUnits]) => {
        for (const left of forms(a)) {
          for (const right of forms(b)) expect(fixed(multiply(left, right), 4)).toBe(textOfUnits(aUnits * bUnits, 4));
        }
      }),
    );
  });

  test('amounts of thirty digits keep their cents', () => {
    fc.assert(
      fc.property(huge, huge, ([a, aUnits], [b, bUnits]) => {
        expect(fixed(add(a, b), 2)).toBe(textOfUnits(aUnits + bUnits, 2));
        expect(fixed(multiply(a, b), 4)).toBe(textOfUnits(aUnits * bUnits, 4));
      }),
    );
  });

  test('rounding is commercial, on both ways', () => {
    fc.assert(
      fc.property(amounts(4, 10n ** 11n), ([text, units]) => {
        const size = units < 0n ? -units : units;
        const cents = (size + 50n) / 100n;
        for (const value of forms(text)) expect(fixed(round(value, 2), 2)).toBe(textOfUnits(units < 0n ? -cents : cents, 2));
      }),
    );
  });

  test('quotients multiply back, to the twelfth decimal', () => {
    fc.assert(
      fc.property(small, small, ([a, aUnits], [b, bUnits]) => {
        fc.pre(bUnits !== 0n);
        const n = (aUnits < 0n ? -aUnits : aUnits) * 10n ** 12n;
        const d = bUnits < 0n ? -bUnits : bUnits;
        const quotient = (2n * n + d) / (2n * d);
        const expected = textOfUnits(aUnits < 0n !== bUnits < 0n ? -quotient : quotient, 12);
        for (const left of forms(a)) for (const right of forms(b)) expect(fixed(divide(left, right), 12)).toBe(expected);
      }),
    );
  });
});

describe('what doubles get wrong', () => {
  test('sums of tenths, halves of cents', () => {
    expect(add(0.1, 0.2)).toBe(0.3);
    expect(sum([0.1, '0.2', 0.3])).toBe(0.6);
    expect(round(1.005, 2)).toBe(1.01);
    expect(round(-1.005, 2)).toBe(-1.01);
    expect(multiply('19.99', 3)).toBe(59.97);
    expect(textOf(add(9007199254740993n, '0.01'))).toBe('9007199254740993.01');
  });

  test('number texts, and what is none', () => {
    expect(toNumber('199.00')).toBe(199);
    expect(toNumber(' +1e3 ')).toBe(1000);
    for (const text of ['', '1,5', 'abc', '1.2.3', '0x10', 'NaN', '1e999', '--1']) expect(toNumber(text)).toBeNull();
    expect(divide(1, 0)).toBeNull();
    expect(add('x', 1)).toBeNull();
    expect(toFixed('199', 2)).toBe('199.00');
    expect(toFixed(0.005, 2)).toBe('0.01');
  });

  test('comparison sees the number, not how it is written', () => {
    expect(compareNumbers('10', 9)).toBeGreaterThan(0);
    expect(compareNumbers('1.50', 1.5)).toBe(0);
    expect(compareNumbers(820982911946154508n, '820982911946154509')).toBeLessThan(0);
    expect(compareNumbers('x', 1)).toBeNull();
  });
});

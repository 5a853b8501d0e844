import { isRawNumber, numberFromText, type Json } from '../flow/json.ts';

/**
 * Exact decimal arithmetic on JSON numbers and on numbers written as text ("199.00"). Money never passes through binary
 * fractions: 0.1 + 0.2 is 0.3, and 18-digit amounts keep their cents.
 *
 * Two ways to the same result. Nearly all business numbers have at most 15 digits; those are worked on as scaled whole
 * numbers inside doubles (about 10 ns an operation). Everything else goes through bigint (about 500 ns).
 */
interface Decimal {
  /** The number times 10^scale. */
  units: bigint;
  scale: number;
}

/** Up to here every whole number and every decimal of as many digits survives a double. */
const EXACT = 1e15;
const MAX_FAST_SCALE = 8;
const POWERS = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16];
/** Decimals kept of a quotient that never ends. */
export const QUOTIENT_SCALE = 12;
const MAX_EXPONENT = 400;
const NUMBER_TEXT = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?\s*$/;

function power(scale: number): number {
  return POWERS[scale] ?? 10 ** scale;
}

/** Digits behind the point of a short decimal, or -1 where the double way is not safe. */
function fastScale(value: number): number {
  if (Number.isInteger(value)) return value < EXACT && value > -EXACT ? 0 : -1;
  for (let scale = 1; scale <= MAX_FAST_SCALE; scale += 1) {
    const units = Math.round(value * power(scale));
    if (units / power(scale) === value) return units < EXACT && units > -EXACT ? scale : -1;
  }
  return -1;
}

/** The number a value stands for, as JSON; null when it stands for none. Text may be `199.00`, `+3`, `1e3`, not `1,5`. */
export function toNumber(value: Json | undefined): Json {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  const decimal = decimalOf(value);
  return decimal === null ? null : jsonOf(decimal);
}

export function add(left: Json, right: Json): Json {
  if (typeof left === 'number' && typeof right === 'number') {
    const leftScale = fastScale(left);
    const rightScale = fastScale(right);
    if (leftScale >= 0 && rightScale >= 0) {
      const scale = leftScale > rightScale ? leftScale : rightScale;
      const factor = power(scale);
      const units = Math.round(left * factor) + Math.round(right * factor);
      if (units < EXACT && units > -EXACT && isSafe(left, factor) && isSafe(right, factor)) return fromUnits(units, scale);
    }
  }
  return exactly(left, right, (a, b) => {
    const scale = Math.max(a.scale, b.scale);
    return { units: rescale(a, scale) + rescale(b, scale), scale };
  });
}

export function subtract(left: Json, right: Json): Json {
  if (typeof right === 'number') return add(left, -right);
  const decimal = decimalOf(right);
  return add(left, decimal === null ? null : jsonOf({ units: -decimal.units, scale: decimal.scale }));
}

export function multiply(left: Json, right: Json): Json {
  if (typeof left === 'number' && typeof right === 'number') {
    const leftScale = fastScale(left);
    const rightScale = fastScale(right);
    if (leftScale >= 0 && rightScale >= 0) {
      const units = Math.round(left * power(leftScale)) * Math.round(right * power(rightScale));
      if (units < EXACT && units > -EXACT) return fromUnits(units, leftScale + rightScale);
    }
  }
  return exactly(left, right, (a, b) => ({ units: a.units * b.units, scale: a.scale + b.scale }));
}

/** The quotient, exact where it ends within 12 decimals, else rounded there. Null for a division by zero. */
export function divide(left: Json, right: Json): Json {
  if (typeof left === 'number' && typeof right === 'number' && right !== 0) {
    const quotient = left / right;
    // A short quotient that multiplies back to the dividend is the exact one.
    if (fastScale(quotient) >= 0 && fastScale(left) >= 0 && multiply(quotient, right) === left) return fromUnits(quotient, 0);
  }
  return exactly(left, right, (a, b) => {
    if (b.units === 0n) return null;
    const shift = QUOTIENT_SCALE + b.scale - a.scale;
    const numerator = shift >= 0 ? a.units * 10n ** BigInt(shift) : a.units;
    const denominator = shift >= 0 ? b.units : b.units * 10n ** BigInt(-shift);
    return { units: divideHalfUp(numerator, denominator), scale: QUOTIENT_SCALE };
  });
}

/** Commercial rounding: halves away from zero. `places` 0–12. */
export function round(value: Json, places: number): Json {
  if (typeof value === 'number') {
    const scale = fastScale(value);
    if (scale >= 0 && scale <= places) return fromUnits(value, 0);
    if (scale >= 0) {
      const units = Math.round(Math.abs(value) * power(scale));
      const step = power(scale - places);
      const rest = units % step;
      const whole = (units - rest) / step + (rest * 2 >= step ? 1 : 0);
      return fromUnits(value < 0 ? -whole : whole, places);
    }
  }
  const decimal = decimalOf(value);
  return decimal === null ? null : jsonOf(roundDecimal(decimal, places));
}

/** A number as text with exactly `places` decimals: 199 → "199.00". */
export function toFixed(value: Json, places: number): string | null {
  const decimal = decimalOf(value);
  return decimal === null ? null : textOfDecimal(roundDecimal(decimal, places), places);
}

/** Sum of a list of numbers or number texts; null at the first that is none. */
export function sum(values: readonly Json[]): Json {
  let total: Json = 0;
  for (const value of values) {
    total = add(total, value);
    if (total === null) return null;
  }
  return total;
}

/** Negative, zero or positive; null when one of them is no number. */
export function compareNumbers(left: Json | undefined, right: Json | undefined): number | null {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const a = decimalOf(left);
  const b = decimalOf(right);
  if (a === null || b === null) return null;
  const scale = Math.max(a.scale, b.scale);
  const difference = rescale(a, scale) - rescale(b, scale);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
}

function isSafe(value: number, factor: number): boolean {
  const units = value * factor;
  return units < EXACT && units > -EXACT;
}

/** Adding 0 turns -0 into 0, which JSON cannot tell apart but equality can. */
function fromUnits(units: number, scale: number): number {
  return scale === 0 ? units + 0 : units / power(scale) + 0;
}

function exactly(left: Json, right: Json, operation: (a: Decimal, b: Decimal) => Decimal | null): Json {
  const a = decimalOf(left);
  const b = decimalOf(right);
  const result = a === null || b === null ? null : operation(a, b);
  return result === null ? null : jsonOf(result);
}

function decimalOf(value: Json | undefined): Decimal | null {
  if (typeof value === 'bigint') return { units: value, scale: 0 };
  if (typeof value === 'number') return decimalFromText(String(value));
  if (typeof value === 'string') return decimalFromText(value);
  return isRawNumber(value) ? decimalFromText(value.rawJSON) : null;
}

function decimalFromText(text: string): Decimal | null {
  if (text.length > 1_000) return null;
  const match = NUMBER_TEXT.exec(text);
  if (match === null) return null;
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = match;
  const exponent = Number(exponentText);
  if (whole + fraction === '' || Math.abs(exponent) > MAX_EXPONENT) return null;
  const digits = BigInt(whole + fraction);
  const units = sign === '-' ? -digits : digits;
  const scale = fraction.length - exponent;
  return scale >= 0 ? { units, scale } : { units: units * 10n ** BigInt(-scale), scale: 0 };
}

function rescale(decimal: Decimal, scale: number): bigint {
  return scale === decimal.scale ? decimal.units : decimal.units * 10n ** BigInt(scale - decimal.scale);
}

function roundDecimal(decimal: Decimal, places: number): Decimal {
  if (decimal.scale <= places) return decimal;
  return { units: divideHalfUp(decimal.units, 10n ** BigInt(decimal.scale - places)), scale: places };
}

function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const n = numerator < 0n ? -numerator : numerator;
  const d = denominator < 0n ? -denominator : denominator;
  const quotient = (2n * n + d) / (2n * d);
  return negative ? -quotient : quotient;
}

function textOfDecimal(decimal: Decimal, places: number): string {
  const units = rescale(decimal, Math.max(places, decimal.scale));
  const scale = Math.max(places, decimal.scale);
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const text = scale === 0 ? whole : `${whole}.${digits.slice(digits.length - scale)}`;
  return units < 0n ? `-${text}` : text;
}

function jsonOf(decimal: Decimal): Json {
  const text = textOfDecimal(decimal, 0);
  // Trailing zeros say nothing once a number was calculated with.
  const short = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return numberFromText(short === '-0' ? '0' : short);
}

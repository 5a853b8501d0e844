import type { Json } from '../../flow/json.ts';
import { add, compareNumbers, divide, multiply, round, subtract } from '../decimal.ts';
import { isoOf, formatDate } from '../date-format.ts';
import { dateFromValue, inTimeZone, type DateParts } from '../date-parts.ts';
import { excerpt, numberInput, textArgument, wholeArgument, type FunctionSpec } from '../function-spec.ts';
import { MappingFault } from '../mapping-fault.ts';

/** What a value may be declared to mean where its name and schema do not say it. */
export const MARKS = ['net', 'gross', 'tax', 'money', 'points', 'piece', 'case', 'absolute', 'delta', 'instant', 'businessDay', 'any'] as const;
export type Mark = (typeof MARKS)[number];

const NUMBER = { input: 'number', output: 'number' } as const;
const PLACES = { min: 0, max: 12, fallback: 2 };
const TAX_ARGS = [
  { name: 'taxRate', type: 'number' },
  { name: 'places', type: 'number', optional: true },
] as const;
const ZONE_ARG = { name: 'timeZone', type: 'text' } as const;

/**
 * Functions that change what a value means, so that a conversion is something one sees on the canvas. The checks of
 * engine/retail know them; without one of them, net stays net and points stay points.
 */
export const VALUE_FUNCTIONS = {
  /** Gross to net: 119 at 19 % is 100. */
  'value.net': {
    ...NUMBER,
    args: TAX_ARGS,
    apply: (value, [rate, places]) => round(quotient(value, taxFactor(rate)), wholeArgument(places, PLACES)),
  },
  /** Net to gross: 100 at 19 % is 119. */
  'value.gross': {
    ...NUMBER,
    args: TAX_ARGS,
    apply: (value, [rate, places]) => round(multiply(numberInput(value), taxFactor(rate)), wholeArgument(places, PLACES)),
  },
  'value.convertCurrency': {
    ...NUMBER,
    args: [
      { name: 'exchangeRate', type: 'number' },
      { name: 'currency', type: 'text' },
      { name: 'places', type: 'number', optional: true },
    ],
    apply: (value, [rate, , places]) => round(multiply(numberInput(value), numberInput(rate)), wholeArgument(places, PLACES)),
  },
  'value.pointsToMoney': {
    ...NUMBER,
    args: [{ name: 'pointWorth', type: 'number' }],
    apply: (value, [worth]) => round(multiply(numberInput(value), numberInput(worth)), 2),
  },
  'value.moneyToPoints': {
    ...NUMBER,
    args: [{ name: 'pointsPerUnit', type: 'number' }],
    apply: (value, [points]) => wholePoints(multiply(numberInput(value), numberInput(points))),
  },
  'value.toPieces': {
    ...NUMBER,
    args: [{ name: 'piecesPerCase', type: 'number' }],
    apply: (value, [pieces]) => multiply(numberInput(value), numberInput(pieces)),
  },
  'value.toCases': {
    ...NUMBER,
    args: [{ name: 'piecesPerCase', type: 'number' }],
    apply: (value, [pieces]) => quotient(value, numberInput(pieces)),
  },
  /** What came or went since the stock before. */
  'value.stockChange': {
    ...NUMBER,
    args: [{ name: 'stockBefore', type: 'number' }],
    apply: (value, [before]) => subtract(numberInput(value), numberInput(before)),
  },
  /** The stock after a change. */
  'value.stockAfter': {
    ...NUMBER,
    args: [{ name: 'stockBefore', type: 'number' }],
    apply: (value, [before]) => add(numberInput(before), numberInput(value)),
  },
  /** The day in the books of a store; what happens before `dayBegins` o'clock belongs to the day before. */
  'value.businessDay': {
    input: 'date',
    output: 'text',
    args: [ZONE_ARG, { name: 'dayBegins', type: 'number', optional: true }],
    apply: (value, [zone, begins]) => businessDay(dateOf(value), textArgument(zone), wholeArgument(begins, { min: 0, max: 23, fallback: 0 })),
  },
  /** The moment at which a day begins in a store's zone. */
  'value.startOfDay': {
    input: 'date',
    output: 'text',
    args: [ZONE_ARG],
    apply: (value, [zone]) => startOfDay(dateOf(value), textArgument(zone)),
  },
  /** Leaves the value as it is: a consultant says what it means. */
  'value.as': { input: 'any', output: 'any', args: [{ name: 'meaning', type: 'text', options: MARKS }], apply: (value) => value },
} satisfies Record<string, FunctionSpec>;

function taxFactor(rate: Json | undefined): Json {
  return add(1, divide(numberInput(rate), 100));
}

function quotient(value: Json, divisor: Json): Json {
  const found = divide(numberInput(value), divisor);
  if (found === null) throw new MappingFault('division_by_zero');
  return found;
}

/** Started points do not count, whichever sign: 12.9 gives 12, a reversal of -12.9 takes 12 back. */
function wholePoints(points: Json): Json {
  const rounded = round(points, 0);
  const [size, whole] = [(compareNumbers(points, 0) ?? 0) < 0 ? -1 : 1, compareNumbers(rounded, points) ?? 0];
  return whole * size > 0 ? subtract(rounded, size) : rounded;
}

function dateOf(value: Json): DateParts {
  const parts = dateFromValue(value);
  if (parts === null) throw new MappingFault('not_a_date', { value: excerpt(value) });
  return parts;
}

function businessDay(parts: DateParts, zone: string, begins: number): string {
  if (!parts.hasTime) return formatDate(parts, 'YYYY-MM-DD');
  const local = inTimeZone(parts, zone);
  if (local === null) throw new MappingFault('argument_invalid', { fn: 'value.businessDay', argument: 'timeZone' });
  const shifted = new Date(Date.UTC(local.year, local.month - 1, local.day, local.hour - begins));
  return shifted.toISOString().slice(0, 10);
}

function startOfDay(parts: DateParts, zone: string): string {
  const midnight = { ...parts, hour: 0, minute: 0, second: 0, millisecond: 0, hasTime: true, offset: 0 };
  let offset = 0;
  // The offset at midnight UTC may differ from the one at midnight in the store; the second look settles it.
  for (let look = 0; look < 2; look += 1) {
    const local = inTimeZone({ ...midnight, offset }, zone);
    if (local === null) throw new MappingFault('argument_invalid', { fn: 'value.startOfDay', argument: 'timeZone' });
    offset = local.offset ?? 0;
  }
  return isoOf({ ...midnight, offset });
}

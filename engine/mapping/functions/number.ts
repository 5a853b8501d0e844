import { add, compareNumbers, divide, multiply, round, subtract, toFixed } from '../decimal.ts';
import { excerpt, numberInput, textArgument, textInput, wholeArgument, type FunctionSpec } from '../function-spec.ts';
import { textOf, type Json } from '../../flow/json.ts';
import { MappingFault } from '../mapping-fault.ts';

const PLACES = { min: 0, max: 12 };
const NUMBER = { input: 'number', output: 'number' } as const;
const OPERAND = [{ name: 'number', type: 'number' }] as const;

/** Calculations are exact: numbers and number texts such as "199.00" are worked on as decimals, never as binary fractions. */
export const NUMBER_FUNCTIONS = {
  'number.add': { ...NUMBER, args: OPERAND, apply: (value, [other]) => add(numberInput(value), numberInput(other)) },
  'number.subtract': {
    ...NUMBER,
    args: OPERAND,
    apply: (value, [other]) => subtract(numberInput(value), numberInput(other)),
  },
  'number.multiply': {
    ...NUMBER,
    args: OPERAND,
    apply: (value, [other]) => multiply(numberInput(value), numberInput(other)),
  },
  'number.divide': {
    ...NUMBER,
    args: OPERAND,
    apply(value, [other]) {
      const quotient = divide(numberInput(value), numberInput(other));
      if (quotient === null) throw new MappingFault('division_by_zero');
      return quotient;
    },
  },
  /** A return takes back what an order gave. */
  'number.negate': { ...NUMBER, args: [], apply: (value) => subtract(0, numberInput(value)) },
  'number.round': {
    ...NUMBER,
    args: [{ name: 'places', type: 'number', optional: true }],
    apply: (value, [places]) => round(numberInput(value), wholeArgument(places, { ...PLACES, fallback: 0 })),
  },
  'number.isAbove': {
    input: 'number',
    output: 'boolean',
    args: OPERAND,
    apply: (value, [other]) => (compareNumbers(numberInput(value), numberInput(other)) ?? 0) > 0,
  },
  'number.toText': {
    input: 'number',
    output: 'text',
    args: [{ name: 'places', type: 'number', optional: true }],
    apply(value, [places]) {
      const number = numberInput(value);
      if (places === undefined || places === null || places === '') return textOf(number);
      return toFixed(number, wholeArgument(places, { ...PLACES, fallback: 0 })) ?? undefined;
    },
  },
  'number.fromText': {
    input: 'text',
    output: 'number',
    args: [{ name: 'decimalSeparator', type: 'text', optional: true, options: ['.', ','] }],
    apply: (value, [separator]) => readNumber(value, textArgument(separator) === ',' ? ',' : '.'),
  },
} satisfies Record<string, FunctionSpec>;

/** Reads "1.299,00" or "1,299.00 €": thousands separators and currency signs are dropped, anything else is no number. */
function readNumber(value: Json, separator: '.' | ','): Json {
  const text = textInput(value).replace(/[\s'’€$£]/g, '');
  const grouped = separator === ',' ? /^[+-]?\d{1,3}(\.\d{3})+(,\d*)?$/ : /^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/;
  const plain = separator === ',' ? /^[+-]?\d+(,\d*)?$/ : /^[+-]?\d*\.?\d+$|^[+-]?\d+\.$/;
  if (!grouped.test(text) && !plain.test(text)) throw new MappingFault('not_a_number', { value: excerpt(value) });
  const point = separator === ',' ? text.replaceAll('.', '').replace(',', '.') : text.replaceAll(',', '');
  return numberInput(point);
}

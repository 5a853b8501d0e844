import { describe, expect, test } from 'vitest';
import type { MappingFunction, MappingRule, MappingSource } from '../mapping/mapping-schema.ts';
import { schemaDocSchema, type SchemaDoc, type SchemaField } from '../schema/schema-doc.ts';
import { checkMeanings } from './check-meanings.ts';
import type { Meaning } from './meaning.ts';
import { RETAIL_ENTITIES, RETAIL_SCHEMAS } from './retail-schemas.ts';

let count = 0;
function rule(target: string, source: string | MappingSource, functions: MappingFunction[] = []): MappingRule {
  count += 1;
  return { id: `r${count}`, target, source: typeof source === 'string' ? { type: 'path', path: source } : source, functions, onMissing: 'skip' };
}

function number(name: string, meaning: Meaning): SchemaField {
  return { name, type: 'number', meaning };
}

function schema(...fields: SchemaField[]): SchemaDoc {
  return { name: 'test', origin: 'json', fields };
}

const EURO: Meaning = { kind: 'money', tax: 'unknown', currencyField: 'currency' };
const call = (fn: string, ...args: MappingFunction['args']): MappingFunction => ({ fn, args });

const SOURCE = schema(
  { name: 'currency', type: 'text' },
  { name: 'paid_currency', type: 'text' },
  number('gross', { kind: 'money', tax: 'gross', currencyField: 'currency' }),
  number('net', { kind: 'money', tax: 'net', currencyField: 'currency' }),
  number('tax', { kind: 'money', tax: 'tax', currencyField: 'currency' }),
  number('total', EURO),
  number('paid', { kind: 'money', tax: 'unknown', currencyField: 'paid_currency' }),
  number('earned', { kind: 'points' }),
  number('cartons', { kind: 'quantity', unit: 'case' }),
  number('stock', { kind: 'stock', as: 'absolute' }),
  number('sold', { kind: 'stock', as: 'delta' }),
  { name: 'at', type: 'text', meaning: { kind: 'instant' } },
  { name: 'day', type: 'text', meaning: { kind: 'businessDay', zone: '' } },
  { name: 'zone', type: 'text' },
  { name: 'unknown', type: 'number' },
  { name: 'items', type: 'list', fields: [number('price', { kind: 'money', tax: 'gross', currencyField: 'currency' }), number('boxes', { kind: 'quantity', unit: 'case' })] },
);
const TARGET = schema(
  { name: 'currency', type: 'text' },
  number('net', { kind: 'money', tax: 'net', currencyField: 'currency' }),
  number('gross', { kind: 'money', tax: 'gross', currencyField: 'currency' }),
  number('amount', EURO),
  number('points', { kind: 'points' }),
  number('pieces', { kind: 'quantity', unit: 'piece' }),
  number('onHand', { kind: 'stock', as: 'absolute' }),
  number('change', { kind: 'stock', as: 'delta' }),
  { name: 'happenedAt', type: 'text', meaning: { kind: 'instant' } },
  { name: 'bookedOn', type: 'text', meaning: { kind: 'businessDay', zone: '' } },
  { name: 'lines', type: 'list', fields: [number('net', { kind: 'money', tax: 'net', currencyField: 'currency' }), number('quantity', { kind: 'quantity', unit: 'piece' })] },
);
const CURRENCY = rule('currency', 'currency');

function codes(...rules: MappingRule[]): string[] {
  return checkMeanings({ rules }, SOURCE, TARGET).map(({ code }) => code);
}

describe('the classic mistakes are refused, and what resolves them is accepted', () => {
  test.each<[string, MappingRule[], string, MappingRule[]]>([
    ['an amount without a currency', [rule('amount', 'total')], 'meaning_currency_missing', [rule('amount', 'total'), CURRENCY]],
    ['the currency of another amount', [rule('amount', 'paid'), CURRENCY], 'meaning_currency_other', [rule('amount', 'paid'), rule('currency', 'paid_currency')]],
    [
      'two currencies added',
      [rule('amount', 'total', [call('number.add', { path: 'paid' })]), CURRENCY],
      'meaning_currencies_mixed',
      [rule('amount', 'paid', [call('value.convertCurrency', '1.08', { path: 'currency' }), call('number.add', { path: 'total' })]), CURRENCY],
    ],
    ['gross as net', [rule('net', 'gross'), CURRENCY], 'meaning_gross_in_net', [rule('net', 'gross', [call('value.net', 19)]), CURRENCY]],
    ['gross as net, by the tax', [rule('net', 'gross'), CURRENCY], 'meaning_gross_in_net', [rule('net', 'gross', [call('number.subtract', { path: 'tax' })]), CURRENCY]],
    ['net as gross', [rule('gross', 'net'), CURRENCY], 'meaning_net_in_gross', [rule('gross', 'net', [call('number.add', { path: 'tax' })]), CURRENCY]],
    ['net as gross, hidden by other functions', [rule('gross', 'net', [call('number.multiply', 100), call('number.round', 0)]), CURRENCY], 'meaning_net_in_gross', [rule('gross', 'net', [call('value.gross', 19)]), CURRENCY]],
    ['the tax as the amount', [rule('gross', 'tax'), CURRENCY], 'meaning_tax_in_amount', [rule('gross', 'tax', [call('number.add', { path: 'net' })]), CURRENCY]],
    ['net and gross added', [rule('amount', 'net', [call('number.add', { path: 'gross' })]), CURRENCY], 'meaning_net_and_gross', [rule('amount', 'net', [call('value.as', 'gross'), call('number.add', { path: 'gross' })]), CURRENCY]],
    ['points as money', [rule('amount', 'earned'), CURRENCY], 'meaning_points_in_money', [rule('amount', 'earned', [call('value.pointsToMoney', '0.01')]), CURRENCY]],
    ['money as points', [rule('points', 'total')], 'meaning_money_in_points', [rule('points', 'total', [call('value.moneyToPoints', 1)])]],
    ['money and points added', [rule('amount', 'total', [call('number.add', { path: 'earned' })]), CURRENCY], 'meaning_points_and_money', [rule('amount', 'earned', [call('value.pointsToMoney', 1), call('number.add', { path: 'total' })]), CURRENCY]],
    ['cases as pieces', [rule('pieces', 'cartons')], 'meaning_unit_differs', [rule('pieces', 'cartons', [call('value.toPieces', 12)])]],
    ['a stock as a change', [rule('change', 'stock')], 'meaning_stock_in_delta', [rule('change', 'stock', [call('value.stockChange', { path: 'unknown' })])]],
    ['a change as a stock', [rule('onHand', 'sold')], 'meaning_delta_in_stock', [rule('onHand', 'sold', [call('value.stockAfter', { path: 'stock' })])]],
    ['a moment as a business day', [rule('bookedOn', 'at')], 'meaning_instant_in_day', [rule('bookedOn', 'at', [call('value.businessDay', { path: 'zone' }, 4)])]],
    ['the first ten characters of a moment', [rule('bookedOn', 'at', [call('text.slice', 1, 10)])], 'meaning_instant_in_day', [rule('bookedOn', 'at', [call('date.format', 'YYYY-MM-DD', 'Europe/Berlin')])]],
    ['a business day as a moment', [rule('happenedAt', 'day')], 'meaning_day_in_instant', [rule('happenedAt', 'day', [call('value.startOfDay', 'Europe/Berlin')])]],
  ])('%s', (...[, wrong, code, right]) => {
    expect(codes(...wrong)).toEqual([code]);
    expect(codes(...right)).toEqual([]);
  });
});

test('a consultant’s mark settles it, on the rule or on the field of the schema', () => {
  expect(codes(rule('net', 'gross', [call('value.as', 'net')]), CURRENCY)).toEqual([]);
  const corrected = { ...SOURCE, fields: SOURCE.fields.map((field) => (field.name === 'gross' ? number('gross', { kind: 'money', tax: 'net', currencyField: 'currency' }) : field)) };
  expect(checkMeanings({ rules: [rule('net', 'gross'), CURRENCY] }, corrected, TARGET)).toEqual([]);
});

test('inside lists faults are found at their place, with paths from the root', () => {
  const rules = [CURRENCY, rule('lines[]', { type: 'forEach', path: 'items', rules: [rule('net', 'price'), rule('quantity', 'boxes')] })];
  expect(checkMeanings({ rules }, SOURCE, TARGET)).toEqual([
    { code: 'meaning_gross_in_net', severity: 'error', field: 'rules.1.source.rules.0.source', params: { target: 'lines[].net', source: 'items[].price' } },
    { code: 'meaning_unit_differs', severity: 'error', field: 'rules.1.source.rules.1.source', params: { target: 'lines[].quantity', source: 'items[].boxes', from: 'case', to: 'piece' } },
  ]);
});

test('what was only guessed is a warning; what is not known is trusted', () => {
  const guessed = schema({ ...number('gross', { kind: 'money', tax: 'gross' }), meaningGuessed: true });
  expect(checkMeanings({ rules: [rule('net', 'gross'), rule('currency', { type: 'constant', value: 'EUR' })] }, guessed, TARGET)).toMatchObject([{ severity: 'warning' }]);
  expect(codes(rule('net', 'unknown'), CURRENCY)).toEqual([]);
  expect(checkMeanings({ rules: [rule('net', 'gross')] }, SOURCE, null)).toEqual([]);
  expect(codes(rule('net', { type: 'constant', value: 5 }), CURRENCY)).toEqual([]);
});

test('every schema of the retail model is whole', () => {
  expect(RETAIL_ENTITIES).toHaveLength(16);
  expect(RETAIL_ENTITIES.filter((name) => !schemaDocSchema.safeParse(RETAIL_SCHEMAS[name]).success)).toEqual([]);
  const money = RETAIL_SCHEMAS.order.fields.filter(({ class: kind }) => kind === 'money');
  expect(money.every(({ meaning }) => meaning?.kind === 'money')).toBe(true);
});

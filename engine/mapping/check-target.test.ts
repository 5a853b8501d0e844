import { describe, expect, test } from 'vitest';
import type { SchemaDoc, SchemaField } from '../schema/schema-doc.ts';
import { checkTarget } from './check-target.ts';
import type { MappingRule, MappingSource } from './mapping-schema.ts';

const field = (name: string, type: SchemaField['type'], rest: Partial<SchemaField> = {}): SchemaField => ({ name, type, ...rest });

const TARGET: SchemaDoc = {
  name: 'sales order',
  origin: 'json',
  fields: [
    field('orderId', 'text', { required: true }),
    field('total', 'number', { required: true }),
    field('paid', 'boolean'),
    field('status', 'text', { options: ['open', 'done'] }),
    field('tags', 'list', { item: 'text' }),
    field('extra', 'any'),
    field('ship', 'object', { fields: [field('city', 'text', { required: true }), field('zip', 'text')] }),
    field('lines', 'list', { required: true, fields: [field('sku', 'text', { required: true }), field('qty', 'number', { required: true }), field('taxes', 'list', { fields: [field('rate', 'number')] })] }),
  ],
};
const SOURCE: SchemaDoc = {
  name: 'order',
  origin: 'json',
  fields: [field('id', 'text'), field('amount', 'text'), field('address', 'object', { fields: [field('city', 'text')] }), field('items', 'list', { fields: [field('sku', 'text'), field('qty', 'number'), field('parts', 'list', { item: 'text' })] })],
};

function rule(target: string, source: string | MappingSource, rest: Partial<MappingRule> = {}): MappingRule {
  return { id: target, target, source: typeof source === 'string' ? { type: 'path', path: source } : source, functions: [], onMissing: 'skip', ...rest };
}

const constant = (value: Extract<MappingSource, { type: 'constant' }>['value']): MappingSource => ({ type: 'constant', value });
const lines = (...rules: MappingRule[]): MappingRule => rule('lines[]', { type: 'forEach', path: 'items', rules });
const good = [rule('orderId', 'id'), rule('total', 'amount', { functions: [{ fn: 'convert.toNumber', args: [] }] }), lines(rule('sku', 'sku'), rule('qty', 'qty'))];

function check(...rules: MappingRule[]): string[] {
  return checkTarget({ rules }, TARGET, SOURCE).map(({ code, severity, field: at, params }) => [severity, code, at, ...Object.values(params ?? {})].join(' '));
}

describe('a mapping against what its target wants', () => {
  test('a complete one is fine', () => {
    expect(check(...good)).toEqual([]);
  });

  test('required fields nothing fills are named, also inside lists and begun objects', () => {
    expect(check(rule('ship.zip', 'id'), lines(rule('sku', 'sku')))).toEqual([
      'warning mapping_required_unfilled rules.1.source lines[].qty',
      'warning mapping_required_unfilled  orderId',
      'warning mapping_required_unfilled  total',
      'warning mapping_required_unfilled  ship.city',
    ]);
    expect(check(rule('ship', 'address'), ...good)).toEqual([]);
  });

  test('fields the target does not have', () => {
    expect(check(...good, rule('oderId', 'id'), rule('ship.street', 'id'), rule('extra.anything.goes', 'id'))).toEqual([
      'warning mapping_target_unknown rules.3.target oderId',
      'warning mapping_target_unknown rules.4.target ship.street',
      'warning mapping_required_unfilled  ship.city',
    ]);
  });

  test.each<[string, MappingRule, string[]]>([
    ['text for a number is said', rule('total', 'amount'), ['warning mapping_type_mismatch rules.3.source total text number']],
    ['a list for a value cannot be', rule('status', 'items'), ['error mapping_type_mismatch rules.3.source status list text']],
    ['a list walked into a value', rule('ship[]', { type: 'forEach', path: 'items', rules: [rule('city', 'sku')] }), ['error mapping_type_mismatch rules.3.source ship list object']],
    ['a fixed value that is no number', rule('total', constant('much')), ['error mapping_type_mismatch rules.3.source total text number']],
    ['a fixed number as text', rule('total', constant('12.50')), []],
    ['a fixed yes', rule('paid', constant('yes')), []],
    ['a fixed value that is no choice', rule('status', constant('closed')), ['warning mapping_option_unknown rules.3.source status closed']],
    ['a function that gives text', rule('total', 'id', { functions: [{ fn: 'text.upper', args: [] }] }), ['warning mapping_type_mismatch rules.3.source total text number']],
    ['a formula may give anything', rule('total', { type: 'formula', expression: '"x"' }), []],
    ['anything as text', rule('status', 'items[0].qty'), []],
    ['items of a list of values', rule('tags[0]', 'id'), []],
    ['all values of a list', rule('tags', 'items[].sku'), []],
  ])('%s', (_name, one, expected) => {
    expect(check(...good, one).filter((text) => !text.includes('required'))).toEqual(expected);
  });

  test('paths to the outer record have the outer record’s types', () => {
    const inner = rule('taxes[]', { type: 'forEach', path: 'parts', rules: [rule('rate', '^.qty')] });
    expect(check(good[0] ?? inner, good[1] ?? inner, lines(rule('sku', '^.items'), rule('qty', 'qty'), inner))).toEqual(['error mapping_type_mismatch rules.2.source.rules.0.source lines[].sku list text']);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonSchema, parseJson, stringifyJson, type Json } from '../flow/json.ts';
import { checkMapping } from './check-mapping.ts';
import { compileAsking, compileMapping } from './compile-mapping.ts';
import { MAPPING_FUNCTIONS } from './functions.ts';
import { mappingSchema, type Mapping, type MappingRule, type MappingSource } from './mapping-schema.ts';
import { previewMapping } from './preview-mapping.ts';
import { referenceOrder, referenceOrderMapping } from './reference-order-mapping.ts';
import { orderByHand } from './testing/order-by-hand.ts';
import { anyMapping, anyRecord } from './testing/mapping-arbitrary.ts';
import { interpret } from './testing/naive-interpreter.ts';

function rule(target: string, source: string | MappingSource, rest: Partial<MappingRule> = {}): MappingRule {
  const made: MappingSource = typeof source === 'string' ? { type: 'path', path: source } : source;
  return { id: target, target, source: made, functions: [], onMissing: 'skip', ...rest };
}

function run(rules: MappingRule[], data: Json): unknown {
  const result = compileMapping({ rules })(data);
  return result.ok ? result.value : result.errors.map(({ target, code }) => `${target}: ${code}`);
}

describe('compiled', () => {
  test('means the same as the naive interpreter', () => {
    fc.assert(
      fc.property(anyMapping, anyRecord, (mapping, data) => {
        const expected = interpret(mapping, data);
        const { result, output } = compileAsking(mapping).run(data, null, null);
        expect(output).toEqual(expected.value);
        expect(result.ok ? [] : result.errors.map(({ ruleId }) => ruleId)).toEqual(expected.failed.slice(0, 100));
      }),
      { numRuns: 1_000 },
    );
  });

  test('never throws and never changes the record', () => {
    fc.assert(
      fc.property(anyMapping, anyRecord, (mapping, data) => {
        const before = stringifyJson(data);
        compileMapping(mapping)(data);
        previewMapping(mapping, data);
        checkMapping(mapping);
        expect(stringifyJson(data)).toBe(before);
      }),
    );
  });

  test('a mapping survives being stored', () => {
    fc.assert(
      fc.property(anyMapping, (mapping) => {
        expect(mappingSchema.parse(parseJson(stringifyJson(jsonSchema.parse(mapping))))).toEqual(mapping);
      }),
    );
  });
});

describe('the reference order', () => {

  test('gives, byte for byte, what a programmer would have written', () => {
    const order = referenceOrder('R-1');
    const result = compileMapping(referenceOrderMapping())(parseJson(stringifyJson(order)));
    expect(result.ok ? stringifyJson(result.value) : result.errors).toBe(JSON.stringify(orderByHand(order)));
  });

  test('every amount to the cent', () => {
    const mapping = referenceOrderMapping();
    expect(checkMapping(mapping)).toEqual([]);
    const result = compileMapping(mapping)(referenceOrder('R-1'));
    expect(result).toMatchObject({
      ok: true,
      value: {
        orderId: 'R-1',
        externalRef: 'WEB-100-48213',
        orderDate: '14.03.2026',
        paid: true,
        customerName: 'Anna Lindqvist',
        customerGroup: 'A',
        phone: '+46855501022',
        shipTo: { name: 'Anna Lindqvist', street: 'Götgatan 12, 3tr', postalCode: '11846', city: 'Stockholm', countryCode: 'SE' },
        lineCount: 10,
        totalQuantity: 19,
      },
    });
  });
});

describe('rules', () => {
  const ORDER: Json = {
    id: 820982911946154508n,
    currency: 'EUR',
    note: null,
    lines: [
      { sku: 'A', price: '199.00', qty: 2 },
      { sku: 'B', price: '0.10', qty: 3 },
    ],
  };

  test('ids of any length pass unchanged', () => {
    const result = compileMapping({ rules: [rule('order.id', 'id')] })(ORDER);
    expect(result.ok && stringifyJson(result.value)).toBe('{"order":{"id":820982911946154508}}');
  });

  test('inside a list: the item, the parent, the number, what is already mapped', () => {
    const rules = [
      rule('shop.name', { type: 'constant', value: 'X' }),
      rule('items[]', {
        type: 'forEach',
        path: 'lines',
        rules: [
          rule('no', { type: 'index' }, { functions: [{ fn: 'number.add', args: [1] }] }),
          rule('currency', '^.currency'),
          rule('shop', { type: 'target', path: '^.shop.name' }),
          rule('total', 'price', { functions: [{ fn: 'number.multiply', args: [{ path: 'qty' }] }] }),
        ],
      }),
      rule('total', { type: 'target', path: 'items.total' }, { functions: [{ fn: 'list.sum', args: [] }] }),
      rule('first', { type: 'target', path: 'items[0].total' }),
    ];
    expect(run(rules, ORDER)).toEqual({
      shop: { name: 'X' },
      items: [
        { no: 1, currency: 'EUR', shop: 'X', total: 398 },
        { no: 2, currency: 'EUR', shop: 'X', total: 0.3 },
      ],
      total: 398.3,
      first: 398,
    });
  });

  test('what is missing: left out, null, a default, or a failure; null counts as missing', () => {
    const missing = (onMissing: MappingRule['onMissing']) => run([rule('a', 'note', { onMissing })], ORDER);
    expect(missing('skip')).toEqual({});
    expect(missing('null')).toEqual({ a: null });
    expect(missing({ default: 'none' })).toEqual({ a: 'none' });
    expect(missing('fail')).toEqual(['a: missing']);
    expect(run([rule('a', { type: 'constant', value: null })], ORDER)).toEqual({ a: null });
  });

  test('failures name the item they happened in', () => {
    const inner = rule('price', 'sku', { functions: [{ fn: 'number.round', args: [2] }] });
    expect(run([rule('lines[]', { type: 'forEach', path: 'lines', rules: [inner] })], ORDER)).toEqual([
      'lines[0].price: not_a_number',
      'lines[1].price: not_a_number',
    ]);
  });

  test('conditions decide whether a rule runs', () => {
    const when = (value: Json) => ({ when: { match: 'all' as const, rules: [{ path: 'currency', operator: 'equals' as const, value }] } });
    expect(run([rule('a', 'currency', when('USD')), rule('a', 'id', when('EUR'))], ORDER)).toEqual({ a: 820982911946154508n });
  });

  test('deep and numbered targets', () => {
    expect(run([rule('a.b.c', 'currency'), rule('a.b.d', 'id'), rule('list[1].x', 'currency')], ORDER)).toEqual({
      a: { b: { c: 'EUR', d: 820982911946154508n } },
      list: [null, { x: 'EUR' }],
    });
    expect(run([rule('a', 'currency'), rule('a.b', 'currency')], ORDER)).toEqual(['a.b: target_taken']);
  });

  test.each(['__proto__', 'a.__proto__.polluted', 'constructor.prototype.x'])('%s is no target', (target) => {
    expect(run([rule(target, 'currency')], ORDER)).toEqual([`${target}: rule_unfinished`]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test.each(['toString', 'lines.length', 'lines.map', '__proto__.x', 'constructor'])('%s finds nothing', (path) => {
    const found = compileMapping({ rules: [rule('a', path)] })(ORDER);
    expect(found.ok ? found.value : found.errors[0]?.code).toEqual(/proto|constructor/.test(path) ? 'rule_unfinished' : {});
  });

  test('a preview shows each rule’s result, beside rules that are unfinished', () => {
    const mapping: Mapping = {
      rules: [rule('ok', 'currency'), rule('gone', 'nope'), rule('', 'id'), rule('n', 'currency', { functions: [{ fn: 'number.round', args: [] }] })],
    };
    const preview = previewMapping(mapping, ORDER);
    expect(preview.output).toEqual({ ok: 'EUR' });
    expect(preview.rules['ok']?.outcomes).toEqual([{ state: 'filled', value: 'EUR' }]);
    expect(preview.rules['gone']?.outcomes).toEqual([{ state: 'skipped', reason: 'missing' }]);
    expect(preview.rules['']?.outcomes[0]).toMatchObject({ state: 'failed', error: { code: 'rule_unfinished' } });
    expect(preview.errors.map(({ code }) => code)).toEqual(['rule_unfinished', 'not_a_number']);
  });
});

describe('functions', () => {
  test.each<[keyof typeof MAPPING_FUNCTIONS, Json, Json[], Json | undefined]>([
    ['text.upper', 'straße', [], 'STRASSE'],
    ['text.lower', 'ÄB', [], 'äb'],
    ['text.trim', '  a ', [], 'a'],
    ['text.prefix', 5, ['WEB-'], 'WEB-5'],
    ['text.suffix', 'a', ['!'], 'a!'],
    ['text.replace', 'a.b.c', ['.', '$&'], 'a$&b$&c'],
    ['text.replace', 'a b c', [' ', '', 'first'], 'ab c'],
    ['text.removeWhitespace', ' 11 8\t46', [], '11846'],
    ['text.keepDigitsAndPlus', '+46 (8) 5-5', [], '+46855'],
    ['text.slice', 'abcdef', [1, -1], 'bcde'],
    ['text.part', 'Apparel > Knitwear > Sweaters', [' > ', 2], 'Knitwear'],
    ['text.part', 'a/b/c', ['/', -1], 'c'],
    ['number.isAbove', '10.50', ['10.5'], false],
    ['number.isAbove', 3, [0], true],
    ['text.join', 'Anna', [' ', '', 'Lind'], 'Anna Lind'],
    ['text.padStart', 7, [3], '007'],
    ['number.add', '0.1', [0.2], 0.3],
    ['number.negate', 164, [], -164],
    ['number.negate', '-139.95', [], 139.95],
    ['number.negate', 0, [], 0],
    ['number.subtract', 1, ['0.90'], 0.1],
    ['number.divide', 10, [4], 2.5],
    ['number.round', '2.345', [2], 2.35],
    ['number.toText', 199, [2], '199.00'],
    ['number.toText', 820982911946154508n, [], '820982911946154508'],
    ['number.fromText', '1.299,50 €', [','], 1299.5],
    ['number.fromText', '1,299.50', [], 1299.5],
    ['list.count', [1, 2], [], 2],
    ['list.sum', ['0.10', 0.2], [], 0.3],
    ['list.first', [], [], undefined],
    ['list.last', [1, 2], [], 2],
    ['list.join', ['a', 1], ['; '], 'a; 1'],
    ['date.format', '2026-03-14T09:26:53Z', ['DD.MM.YY HH:mm [Uhr]'], '14.03.26 09:26 Uhr'],
    ['date.format', '2026-07-01T22:30:00Z', ['YYYY-MM-DD HH:mm Z', 'Europe/Berlin'], '2026-07-02 00:30 +02:00'],
    ['date.format', 1772357213, ['YYYY-MM-DD'], '2026-03-01'],
    ['date.toIso', '14.03.2026', ['DD.MM.YYYY'], '2026-03-14'],
    ['date.toIso', '2026-03-14 09:26', [], '2026-03-14T09:26:00'],
    ['logic.equals', '5', [5], true],
    ['logic.choose', 'gold', ['gold', 'A', 'B'], 'A'],
    ['logic.choose', 'tin', ['gold', 'A'], undefined],
    ['logic.not', 'no', [], true],
    ['convert.toText', { a: 1n }, [], '{"a":1}'],
    ['convert.toNumber', '12.50', [], 12.5],
    ['convert.toBoolean', 'Ja', [], true],
  ])('%s %#', (...[id, value, args, expected]) => {
    expect(MAPPING_FUNCTIONS[id].apply(value, args)).toEqual(expected);
  });

  test.each<[keyof typeof MAPPING_FUNCTIONS, Json, Json[], string]>([
    ['text.upper', {}, [], 'not_text'],
    ['number.add', 'x', [1], 'not_a_number'],
    ['number.divide', 1, [0], 'division_by_zero'],
    ['number.fromText', '1.2.3', [], 'not_a_number'],
    ['list.sum', [1, 'x'], [], 'not_a_number'],
    ['list.count', 'abc', [], 'not_a_list'],
    ['date.format', '2026-02-30', ['DD'], 'not_a_date'],
    ['date.format', '2026-02-03', ['DD', 'Mars/Base'], 'argument_invalid'],
    ['date.toIso', '3/4/2026', ['DD.MM.YYYY'], 'not_a_date'],
    ['convert.toBoolean', 'maybe', [], 'not_a_boolean'],
    ['text.prefix', 'a'.repeat(600_000), ['b'.repeat(600_000)], 'result_too_large'],
  ])('%s refuses %#', (...[id, value, args, code]) => {
    expect(() => MAPPING_FUNCTIONS[id].apply(value, args)).toThrow(code);
  });
});

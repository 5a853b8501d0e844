import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RETAIL_SCHEMAS } from '#engine/retail/retail-schemas.ts';
import { collectEvidence } from './evidence.ts';
import { inferSchema } from './infer-schema.ts';
import type { SchemaDoc } from './schema-doc.ts';
import { suggestLines } from './suggest-lines.ts';
import type { Suggestion } from './suggest.ts';
import { fieldsOf } from './testing/fields-of.ts';
import { HELD_OUT } from './testing/held-out/index.ts';
import { measurePair, type PairMeasure } from './testing/measure-pair.ts';
import { PAIRS } from './testing/pairs/index.ts';

const percent = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;

function print(title: string, measures: readonly PairMeasure[]): { offered: number; right: number; wanted: number } {
  const sum = { offered: 0, right: 0, wanted: 0 };
  for (const { name, offered, right, wanted, found, wrong } of measures) {
    sum.offered += offered;
    sum.right += right;
    sum.wanted += wanted;
    const mistakes = wrong.length === 0 ? '' : `; wrong: ${wrong.join(', ')}`;
    process.stdout.write(`${name}: precision ${percent(right, offered)} (${right} of ${offered}), recall ${percent(right, wanted)}, with those to look at first ${percent(found, wanted)}${mistakes}\n`);
  }
  process.stdout.write(`${title}: ${measures.length} pairs, precision ${percent(sum.right, sum.offered)} (${sum.right} of ${sum.offered}), recall ${percent(sum.right, sum.wanted)}\n`);
  return sum;
}

describe('lines offered with one click', () => {
  test('are right in nine of ten cases and more, over the pairs they were made better with', () => {
    const { right, offered, wanted } = print('labelled pairs', PAIRS.map(measurePair));
    expect(PAIRS.length).toBeGreaterThanOrEqual(12);
    expect(right / offered).toBeGreaterThanOrEqual(0.9);
    expect(right / wanted).toBeGreaterThanOrEqual(0.7);
  });

  test('are right in nine of ten cases and more, over the pairs that were put aside', () => {
    const { right, offered, wanted } = print('pairs put aside', HELD_OUT.map(measurePair));
    expect(right / offered).toBeGreaterThanOrEqual(0.9);
    expect(right / wanted).toBeGreaterThanOrEqual(0.5);
  });

  test('are right in four of five cases for every single pair', () => {
    const poor = [...PAIRS, ...HELD_OUT].map(measurePair).filter(({ right, offered }) => right < offered * 0.8);
    expect(poor.map(({ name, wrong }) => ({ name, wrong }))).toEqual([]);
  });
});

function suggest(record: Parameters<typeof inferSchema>[1][number], target: SchemaDoc, entity = ''): Map<string, Suggestion> {
  const evidence = collectEvidence([record]);
  return new Map(suggestLines({ source: fieldsOf(inferSchema('source', [record]), evidence), target: fieldsOf(target), entity }).map((one) => [one.target, one]));
}

describe('what is never a matter of one click', () => {
  test('amounts in cents: a line to look at, which divides them', () => {
    const found = suggest({ id: 'p1', amount: 1250, currency: 'eur' }, RETAIL_SCHEMAS.payout, 'payout').get('amount');
    expect(found).toMatchObject({ source: 'amount', obvious: false, functions: [{ fn: 'number.divide', args: [100] }] });
  });

  test('a total that names no side of tax, where another names it', () => {
    const found = suggest({ total_price: '100.00', total_price_incl: '119.00' }, RETAIL_SCHEMAS.order, 'order');
    expect(found.get('totalGross')).toMatchObject({ source: 'total_price_incl', obvious: true });
    expect(found.get('totalNet')).toMatchObject({ source: 'total_price', obvious: false });
  });

  test('two sources that would do equally well and hold different values', () => {
    const found = suggest({ number: 17, order_number: 1017 }, RETAIL_SCHEMAS.order, 'order');
    expect(found.get('number')?.obvious).toBe(false);
  });

  test('values that are none of the options, a moment without an offset, a day for a moment, the name of a country for its code', () => {
    const found = suggest({ id: 1, status: 'wc-processing', created_at: '2026-03-01T10:00:00', updated_at: '2026-03-01', billing: { country: 'Germany' } }, RETAIL_SCHEMAS.order, 'order');
    expect(['status', 'createdAt', 'updatedAt', 'billingAddress.country'].map((target) => found.get(target)?.obvious)).toEqual([false, false, false, false]);
  });

  test('net for gross and billing for shipping are not offered at all', () => {
    const found = suggest({ total_ex_tax: '10.00', billing_city: 'Kiel' }, RETAIL_SCHEMAS.order, 'order');
    expect([found.has('totalGross'), found.has('shippingAddress.city')]).toEqual([false, false]);
    expect([found.get('totalNet')?.source, found.get('billingAddress.city')?.source]).toEqual(['total_ex_tax', 'billing_city']);
  });
});

describe('what is brought along', () => {
  test('functions that make the value fit', () => {
    const found = suggest({ id: 1, created: 1_772_690_123, updated_gmt: '2026-03-01T10:00:00', currency: 'eur' }, RETAIL_SCHEMAS.order, 'order');
    expect(['createdAt', 'updatedAt', 'currency'].map((target) => [found.get(target)?.functions, found.get(target)?.obvious])).toEqual([
      [[{ fn: 'date.toIso', args: [] }], true],
      [[{ fn: 'text.suffix', args: ['Z'] }], true],
      [[{ fn: 'text.upper', args: [] }], true],
    ]);
  });

  test('the pairing of the lists, by name or by what is in them; a pairing that is there is kept to', () => {
    const record = { basket: [{ sku: 'A', quantity: 1, unit_price: '2.00', product_id: 4, name: 'Mug' }], shipping_lines: [{ id: 1, price: '4.00' }], archive: [{ sku: 'B', quantity: 9 }] };
    const source = fieldsOf(inferSchema('source', [record]), collectEvidence([record]));
    const target = fieldsOf(RETAIL_SCHEMAS.order);
    const skuOf = (paired?: ReadonlyMap<string, string>) => suggestLines({ source, target, entity: 'order', ...(paired === undefined ? {} : { paired }) }).find((one) => one.target === 'lines[].sku');
    expect(skuOf()).toMatchObject({ source: 'basket[].sku', parent: { target: 'lines', source: 'basket' } });
    expect(skuOf(new Map([['lines', 'archive']]))).toMatchObject({ source: 'archive[].sku', parent: { target: 'lines', source: 'archive' } });
  });

  test('an amount with a currency of its own is to be looked at where another one is written', () => {
    const record = { currency: 'EUR', shipping_total: { amount: '4.90', currency: 'USD' } };
    const source = fieldsOf(inferSchema('source', [record]), collectEvidence([record]));
    const shipping = (filled: ReadonlyMap<string, string | null>) => suggestLines({ source, target: fieldsOf(RETAIL_SCHEMAS.order), entity: 'order', filled }).find((one) => one.target === 'shippingTotal');
    expect([new Map(), new Map([['currency', 'currency']]), new Map([['currency', null]]), new Map([['currency', 'shipping_total.currency']])].map((filled) => shipping(filled)?.obvious)).toEqual([false, false, false, true]);
  });

  test('amounts take the currency from where they come from', () => {
    const found = suggest({ total_money: { amount: '12.00', currency: 'EUR' }, deposit: { currency: 'USD' } }, RETAIL_SCHEMAS.order, 'order');
    expect(found.get('currency')).toMatchObject({ source: 'total_money.currency', obvious: true });
  });
});

test('whatever fields are called, each target gets one line at most, none that is filled, and from a field that is there', () => {
  const name = fc.oneof(fc.string({ minLength: 1, maxLength: 30 }), fc.constantFrom('id', 'Order_ID', 'total', 'line_items', 'value', 'currency', 'Straße', '__proto__', '[]', 'a.b'));
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  const record = fc.dictionary(name, fc.oneof(leaf, fc.dictionary(name, leaf), fc.array(fc.dictionary(name, leaf), { maxLength: 2 })), { maxKeys: 12 });
  const property = fc.property(record, record, (left, right) => {
    const source = fieldsOf(inferSchema('s', [left]), collectEvidence([left]));
    const target = fieldsOf(inferSchema('t', [right]));
    const filled = new Map(target.slice(0, 3).map(({ path }) => [path, null]));
    const found = suggestLines({ source, target, filled });
    const known = { source: new Set(source.map(({ path }) => path)), target: new Set(target.map(({ path }) => path)) };
    expect(new Set(found.map((one) => one.target)).size).toBe(found.length);
    expect(found.filter((one) => filled.has(one.target) || !known.source.has(one.source) || !known.target.has(one.target) || one.score < 0 || one.score > 1)).toEqual([]);
  });
  fc.assert(property, { numRuns: 300 });
});

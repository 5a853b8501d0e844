import { expect, test } from 'vitest';
import { parseJson, type Json } from '../flow/json.ts';
import { collectEvidence } from './evidence.ts';
import { fieldAt } from './field-paths.ts';
import { inferSchema } from './infer-schema.ts';
import { schemaDocSchema } from './schema-doc.ts';

const ORDERS: Json[] = [
  { id: 1, email: 'ana@example.org', note: null, lines: [{ sku: 'A-1', qty: 2 }, { sku: 'B-2', qty: 1 }], total: '12.50', currency: 'EUR' },
  { id: 2, email: '', note: null, lines: [], total: '7.00', currency: 'EUR' },
  { id: 3, email: 'ben@example.org', note: null, lines: [{ sku: 'A-1', qty: 5 }], total: '9.99', currency: 'EUR', tags: ['new', 'vip'] },
];

test('counts what real records hold, field by field', () => {
  const evidence = collectEvidence(ORDERS);
  const at = (path: string) => evidence.find((found) => found.path === path);
  expect(at('email')).toEqual({ path: 'email', type: 'text', records: 3, filled: 2, distinct: 2, examples: ['ana@example.org', 'ben@example.org'] });
  expect(at('note')).toMatchObject({ type: 'any', records: 3, filled: 0 });
  expect(at('lines')).toMatchObject({ type: 'list', records: 3, filled: 2, distinct: 0 });
  expect(at('lines[].sku')).toMatchObject({ records: 3, filled: 3, distinct: 2, examples: ['A-1', 'B-2'] });
  expect(at('tags[]')).toMatchObject({ type: 'text', records: 2, filled: 2 });
});

test('keeps digits in examples and tells mixed types', () => {
  const evidence = collectEvidence([parseJson('{"id":820982911946154508,"v":1}'), { id: 'x', v: { a: 1 } }]);
  expect(evidence[0]).toMatchObject({ type: 'text', examples: ['820982911946154508', 'x'] });
  expect(evidence[1]).toMatchObject({ path: 'v', type: 'any' });
});

test('infers a schema with formats, required fields and guessed meanings', () => {
  const doc = inferSchema('order', ORDERS);
  expect(schemaDocSchema.safeParse(doc).success).toBe(true);
  expect(fieldAt(doc, 'lines[].qty')).toMatchObject({ type: 'number', required: true, meaning: { kind: 'quantity', unit: '' } });
  expect(fieldAt(doc, 'total')).toMatchObject({
    format: 'decimal',
    meaning: { kind: 'money', tax: 'unknown', currencyField: 'currency' },
    meaningGuessed: true,
  });
  expect(fieldAt(doc, 'email')?.required).toBeUndefined();
  expect(fieldAt(doc, 'tags')).toMatchObject({ type: 'list', item: 'text' });
});

test('stays within its bounds on hostile records', () => {
  const wide: Json = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`k${at}`, at]));
  expect(collectEvidence([wide])).toHaveLength(3_000);
  let deep: Json = 1;
  for (let at = 0; at < 90; at += 1) deep = { a: deep };
  expect(collectEvidence([deep]).length).toBeLessThanOrEqual(20);
  expect(schemaDocSchema.safeParse(inferSchema('deep', [deep])).success).toBe(true);
});

test('50 events of 200 KB are counted while one waits', () => {
  const line = (at: number): Json => ({ id: at, sku: `SKU-${at}`, title: `Linen shirt ${at} with a rather long name`, price: `${at}.50`, qty: 1, tax: { rate: 0.19, amount: '1.00' } });
  const events = Array.from({ length: 50 }, (_, event): Json => ({ id: event, lines: Array.from({ length: 1_450 }, (_ignored, at) => line(event * 2_000 + at)) }));
  const size = JSON.stringify(events[0]).length;
  const before = performance.now();
  const evidence = collectEvidence(events);
  const took = performance.now() - before;
  process.stdout.write(`evidence of 50 events of ${Math.round(size / 1_000)} KB: ${took.toFixed(0)} ms, ${evidence.length} fields\n`);
  expect(evidence.find(({ path }) => path === 'lines[].tax.rate')).toMatchObject({ records: 72_500, distinct: 1 });
});

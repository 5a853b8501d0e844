import { readFileSync } from 'node:fs';
import { createTranslator } from 'next-intl';
import { describe, expect, test } from 'vitest';
import type { Json } from '../flow/json.ts';
import type { Problem } from '../flow/problem.ts';
import { flowOf, NO_CONNECTIONS } from '../flow/testing/flow-builder.ts';
import { isPublishable, validateFlow } from '../flow/validate.ts';
import type { MappingFunction, MappingRule } from '../mapping/mapping-schema.ts';
import { previewMapping } from '../mapping/preview-mapping.ts';
import type { Meaning } from '../retail/meaning.ts';
import type { SchemaDoc, SchemaField } from '../schema/schema-doc.ts';
import { PASSING_KINDS } from './arriving-schema.ts';
import { NODE_KINDS } from './registry.ts';

let count = 0;
function rule(target: string, path: string, ...functions: MappingFunction[]): MappingRule {
  count += 1;
  return { id: `r${count}`, target, source: { type: 'path', path }, functions, onMissing: 'skip' };
}

const call = (fn: string, ...args: MappingFunction['args']): MappingFunction => ({ fn, args });
const field = (name: string, type: 'number' | 'text', meaning?: Meaning): SchemaField => ({ name, type, ...(meaning === undefined ? {} : { meaning }) });
const money = (tax: 'net' | 'gross', currencyField: string): Meaning => ({ kind: 'money', tax, currencyField });
const doc = (...fields: SchemaField[]): SchemaDoc => ({ name: 'test', origin: 'connector', fields });

const ARRIVES = doc(
  field('gross', 'number', money('gross', 'currency')),
  field('net', 'number', money('net', 'currency')),
  field('currency', 'text'),
  field('paid', 'number', money('gross', 'paid_in')),
  field('paid_in', 'text'),
  field('earned', 'number', { kind: 'points' }),
  field('cartons', 'number', { kind: 'quantity', unit: 'case' }),
  field('sold_at', 'text', { kind: 'instant' }),
  field('stock', 'number', { kind: 'stock', as: 'absolute' }),
);
const LEAVES = doc(
  field('total', 'number', money('gross', 'currency')),
  field('currency', 'text'),
  field('pieces', 'number', { kind: 'quantity', unit: 'piece' }),
  field('bookedOn', 'text', { kind: 'businessDay', zone: '' }),
  field('change', 'number', { kind: 'stock', as: 'delta' }),
);
const SALE = { gross: 119, net: 100, currency: 'EUR', paid: 130, paid_in: 'USD', earned: 500, cartons: 2, sold_at: '2026-03-01T01:30:00+01:00', stock: 7 };
const CURRENCY = rule('currency', 'currency');

type Mistake = [name: string, wrong: MappingRule[], code: Problem['code'], right: MappingRule[], output: Json];

/** What a consultant does wrong, what is said, what resolves it, and what comes out then. */
const MISTAKES: Mistake[] = [
  ['money without a currency', [rule('total', 'gross')], 'meaning_currency_missing', [rule('total', 'gross'), CURRENCY], { total: 119, currency: 'EUR' }],
  ['money beside another currency', [rule('total', 'paid'), CURRENCY], 'meaning_currency_other', [rule('total', 'paid', call('value.convertCurrency', '0.5', { path: 'currency' })), CURRENCY], { total: 65, currency: 'EUR' }],
  ['net as gross', [rule('total', 'net'), CURRENCY], 'meaning_net_in_gross', [rule('total', 'net', call('value.gross', 19)), CURRENCY], { total: 119, currency: 'EUR' }],
  ['points as money', [rule('total', 'earned'), CURRENCY], 'meaning_points_in_money', [rule('total', 'earned', call('value.pointsToMoney', '0.01')), CURRENCY], { total: 5, currency: 'EUR' }],
  ['cases as pieces', [rule('pieces', 'cartons')], 'meaning_unit_differs', [rule('pieces', 'cartons', call('value.toPieces', 12))], { pieces: 24 }],
  ['a moment as a business day, without the zone of a store', [rule('bookedOn', 'sold_at')], 'meaning_instant_in_day', [rule('bookedOn', 'sold_at', call('value.businessDay', 'Europe/Berlin', 4))], { bookedOn: '2026-02-28' }],
  ['a stock as a change', [rule('change', 'stock')], 'meaning_stock_in_delta', [rule('change', 'stock', call('value.stockChange', 10))], { change: -3 }],
];

const json = (value: unknown): Json => JSON.parse(JSON.stringify(value));

interface Way {
  trigger?: Record<string, Json>;
  target?: SchemaDoc;
  before?: string[];
}

/** Problems of a flow: a trigger, nodes that change nothing, a mapping. */
function problemsOf(rules: MappingRule[], { trigger = { schema: json(ARRIVES) }, target = LEAVES, before = [] }: Way = {}): Problem[] {
  const names = ['start', ...before, 'map'];
  const passing = Object.fromEntries(before.map((kind) => [kind, { kind }]));
  const nodes = { start: { kind: 'manual-trigger', config: trigger }, ...passing, map: { kind: 'map', config: { mapping: json({ rules }), target: json(target) } } };
  const flow = flowOf(nodes, names.slice(1).map((name, at) => `${names[at]} -> ${name}`));
  return validateFlow(flow, NO_CONNECTIONS).filter(({ nodeId }) => nodeId === 'map');
}

describe.each(MISTAKES)('%s', (...[, wrong, code, right, output]) => {
  test('is refused at the node, and stops publishing', () => {
    const problems = problemsOf(wrong);
    expect(problems).toMatchObject([{ code, severity: 'error', nodeId: 'map', field: 'mapping.rules.0.source' }]);
    expect(isPublishable(problems)).toBe(false);
  });

  test('is resolved by a function that says so, which gives the right value', () => {
    expect(problemsOf(right)).toEqual([]);
    const preview = previewMapping({ rules: right }, SALE);
    expect([preview.errors, json(preview.output)]).toEqual([[], output]);
  });

  test.each(['en', 'de'])('is explained by a sentence that names both fields and the way out (%s)', (locale) => {
    const messages = JSON.parse(readFileSync(new URL(`../../components/i18n/messages/${locale}/problems.json`, import.meta.url), 'utf8'));
    const t = createTranslator({ locale, messages });
    const [{ params = {} } = {}] = problemsOf(wrong);
    const said: string = t(code, params);
    expect(Object.values(params).filter((value) => value !== 'case' && value !== 'piece' && !said.includes(String(value)))).toEqual([]);
    expect(said.length).toBeGreaterThan(80);
    expect(said).toMatch(/[.:] (?:Put|Fill|Take|take|put|fill|name|Setzen|Füllen|Nehmen)\b|: (?:fill|take|put|Füllen|Nehmen|Setzen)/);
  });
});

describe('what arrives at a mapping', () => {
  const wrong = [rule('total', 'net'), CURRENCY];
  const codes = (way: Way): string[] => problemsOf(wrong, way).filter(({ code }) => code.startsWith('meaning')).map(({ code, severity }) => `${severity} ${code}`);

  test('is known through nodes that change nothing', () => {
    expect(codes({ before: ['filter', 'dedupe', 'wait'] })).toEqual(['error meaning_net_in_gross']);
  });

  test('is known from the sample of the trigger, where a meaning is guessed and a mistake only said', () => {
    expect(codes({ trigger: { sampleBody: '{"net":"100.00","currency":"EUR"}' } })).toEqual(['warning meaning_net_in_gross']);
    expect(isPublishable(problemsOf(wrong, { trigger: { sampleBody: '{"net":"100.00","currency":"EUR"}' } }))).toBe(true);
  });

  test('is known from the mapping before', () => {
    const nodes = { start: { kind: 'manual-trigger' }, first: { kind: 'map', config: { mapping: json({ rules: [rule('net', 'n'), rule('currency', 'c')] }), target: json(ARRIVES) } }, map: { kind: 'map', config: { mapping: json({ rules: wrong }), target: json(LEAVES) } } };
    const found = validateFlow(flowOf(nodes, ['start -> first', 'first -> map']), NO_CONNECTIONS).filter(({ nodeId }) => nodeId === 'map');
    expect(found.map(({ code }) => code)).toEqual(['meaning_net_in_gross']);
  });

  test('is not known from a sample nobody can read, behind a node that changes it, or where two ways bring different things', () => {
    expect(codes({ trigger: { sampleBody: '{' } })).toEqual([]);
    expect(codes({ before: ['code'] })).toEqual([]);
    const map = { kind: 'map', config: { mapping: json({ rules: wrong }), target: json(LEAVES) } };
    const two = flowOf({ a: { kind: 'manual-trigger', config: { schema: json(ARRIVES) } }, b: { kind: 'manual-trigger' }, map }, ['a -> map', 'b -> map']);
    expect(validateFlow(two, NO_CONNECTIONS).filter(({ code }) => code.startsWith('meaning'))).toEqual([]);
  });

  test('passes the kinds that leave records as they are, triggers aside', () => {
    const passing = Object.values(NODE_KINDS).filter((kind) => 'passThrough' in kind && kind.passThrough === true && kind.group !== 'trigger');
    expect([...PASSING_KINDS].sort()).toEqual(passing.map(({ kind }) => kind).sort());
  });
});

import { describe, expect, test } from 'vitest';
import type { Json } from '../flow/json.ts';
import { compileRules } from './rules.ts';
import { OPERATORS, type Operator, type RuleSet } from './rule-set.ts';

const DATA: Json = {
  total: '199.00',
  count: 5,
  id: 820982911946154508n,
  paid: true,
  note: null,
  name: 'Anna',
  tags: ['new', 'vip'],
  none: [],
  lines: [{ sku: 'A', qty: 1 }, { sku: 'B', qty: 9 }],
  at: '2026-03-14T09:00:00+01:00',
};

const CASES: [string, Operator, Json, boolean][] = [
  ['count', 'equals', '5.0', true],
  ['total', 'equals', 199, true],
  ['total', 'equals', '199', false],
  ['id', 'equals', '820982911946154508', true],
  ['id', 'equals', '820982911946154509', false],
  ['paid', 'equals', 'TRUE', true],
  ['gone', 'equals', '', false],
  ['lines[].sku', 'equals', 'B', true],
  ['gone', 'notEquals', 'x', true],
  ['name', 'notEquals', 'Anna', false],
  ['name', 'contains', 'nn', true],
  ['tags', 'contains', 'vip', true],
  ['count', 'contains', 5, true],
  ['name', 'startsWith', 'An', true],
  ['name', 'endsWith', 'An', false],
  ['total', 'greater', '99', true],
  ['lines[].qty', 'greater', 8, true],
  ['count', 'greaterOrEqual', 5, true],
  ['count', 'less', 5, false],
  ['count', 'lessOrEqual', '5', true],
  ['name', 'less', 'B', true],
  ['note', 'greater', 1, false],
  ['note', 'exists', null, false],
  ['count', 'exists', null, true],
  ['note', 'missing', null, true],
  ['none', 'isEmpty', null, true],
  ['tags', 'isNotEmpty', null, true],
  ['name', 'oneOf', 'Bea, Anna', true],
  ['count', 'oneOf', [1, 5], true],
  ['at', 'before', '2026-03-14T08:30:00Z', true],
  ['at', 'after', '2026-03-14', true],
  ['name', 'after', '2026-03-14', false],
  ['toString', 'exists', null, false],
];

describe('rules', () => {
  test.each(CASES)('%s %s %s: %s', (...[path, operator, value, expected]) => {
    expect(compileRules({ match: 'all', rules: [{ path, operator, value }] })(DATA)).toBe(expected);
  });

  test('every operator has been tried', () => {
    expect(new Set(CASES.map(([, operator]) => operator))).toEqual(new Set(OPERATORS));
  });

  test('all, any, and none at all', () => {
    const rules: RuleSet['rules'] = [
      { path: 'count', operator: 'equals', value: 5 },
      { path: 'count', operator: 'equals', value: 6 },
    ];
    expect(compileRules({ match: 'all', rules })(DATA)).toBe(false);
    expect(compileRules({ match: 'any', rules })(DATA)).toBe(true);
    expect(compileRules({ match: 'all', rules: [] })(DATA)).toBe(true);
  });
});

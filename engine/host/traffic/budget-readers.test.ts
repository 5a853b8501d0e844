import { expect, test } from 'vitest';
import type { BudgetReaderId } from '#engine/flow/rate-limit.ts';
import { readBudget } from './budget-readers.ts';

const NOW = 1_770_000_000_000;
const read = (headers: Record<string, string>, reader: BudgetReaderId = 'auto', body = '') => readBudget({ headers, body }, reader, NOW);

test('each vendor is understood by its own headers', () => {
  expect(read({ 'x-shopify-shop-api-call-limit': '32/40' })).toEqual({ capacity: 40, remaining: 8 });
  expect(read({ 'ratelimit-limit': '3, 3;w=1, 60;w=60', 'ratelimit-remaining': '2', 'ratelimit-reset': '1' })).toEqual({ capacity: 3, remaining: 2, resetMs: 1000 });
  expect(read({ ratelimit: '"default";r=50;t=30', 'ratelimit-policy': '"default";q=100;w=60' })).toEqual({ remaining: 50, resetMs: 30_000 });
  expect(read({ 'x-ratelimit-limit': '300', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW / 1000 + 60) })).toEqual({ capacity: 300, remaining: 0, resetMs: 60_000 });
  expect(read({ 'x-rate-limit-requests-quota': '450', 'x-rate-limit-requests-left': '35', 'x-rate-limit-time-reset-ms': '15000' })).toEqual({ capacity: 450, remaining: 35, resetMs: 15_000 });
  expect(read({ 'x-rate-limit-limit': '40', 'x-rate-limit-remaining': '12', 'x-rate-limit-reset': '33' })).toEqual({ capacity: 40, remaining: 12, resetMs: 33_000 });
  expect(read({ 'x-amzn-ratelimit-limit': '0.0167' })).toEqual({ perSecond: 0.0167 });
});

test('cost points are read from the end of a GraphQL answer', () => {
  const body = `{"data":{},"extensions":{"cost":{"requestedQueryCost":101,"throttleStatus":{"maximumAvailable":2000.0,"currentlyAvailable":1954,"restoreRate":100.0}}}}`;
  expect(read({}, 'shopify-graphql', body)).toEqual({ capacity: 2000, remaining: 1954, perSecond: 100 });
  expect(read({}, 'shopify-graphql', '{"data":{}}')).toBeNull();
});

test('an answer without a word about limits, or with nonsense, says nothing', () => {
  expect(read({ 'content-type': 'application/json' })).toBeNull();
  expect(read({ 'x-ratelimit-remaining': '1' }, 'none')).toBeNull();
  expect(read({ 'x-ratelimit-remaining': 'soon' })).toEqual({});
});

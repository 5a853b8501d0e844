import { expect, test } from 'vitest';
import { faultPoint, readFault } from './fault-points.ts';

test('a fault is a named point and a passing of it', () => {
  expect(readFault('after_claim')).toEqual({ point: 'after_claim', hit: 1 });
  expect(readFault('after_call@12')).toEqual({ point: 'after_call', hit: 12 });
  for (const text of ['', 'after_lunch', 'after_call@0', 'after_call@x', 'after_call@-1']) expect(readFault(text)).toBeNull();
});

test('a process that was not told to die passes every point', () => {
  expect(() => faultPoint('after_call')).not.toThrow();
});

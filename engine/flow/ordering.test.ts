import { expect, test } from 'vitest';
import { emptyDocument } from './document.ts';
import { parseJson } from './json.ts';
import { laneCount, laneOf, orderingKeyReader } from './ordering.ts';

const { settings } = emptyDocument();

test('lanes of known keys never move: a new release must not reorder what waits', () => {
  expect(['', 'a', 'foobar', '#1001', 'Größe €'].map((key) => laneOf(key, 64))).toEqual([5, 44, 40, 48, 62]);
});

test('the key is the scalar as it was written, digit for digit', () => {
  const read = orderingKeyReader({ ...settings, orderingKey: 'order.id' });
  expect(read(parseJson('{"order":{"id":820982911946154508}}'))).toBe('820982911946154508');
  expect(read(parseJson('{"order":{"id":19.90}}'))).toBe('19.90');
  expect(read(parseJson('{"order":{"id":{"a":1}}}'))).toBeNull();
  expect(read(parseJson('{}'))).toBeNull();
});

test('the number of lanes does not depend on the concurrency', () => {
  expect([1, 8, 64].map((concurrency) => laneCount({ ...settings, concurrency }))).toEqual([8, 8, 8]);
  expect(['', 'a', 'foobar', '#1001', 'Größe €', '🛒'].map((key) => laneOf(key, 8))).toEqual([5, 4, 0, 0, 6, 6]);
});

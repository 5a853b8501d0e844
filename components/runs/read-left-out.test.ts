import { expect, test } from 'vitest';
import { readLeftOut } from './read-left-out.ts';

test('tells a text that is whole from one of which only the size, or the beginning, is kept', () => {
  expect(readLeftOut('{"id":1}')).toBeNull();
  expect(readLeftOut('not JSON')).toBeNull();
  expect(readLeftOut('{"~truncated":{"size":3200000},"head":"{\\"id\\":1"}')).toEqual({ size: 3_200_000, head: '{"id":1' });
  expect(readLeftOut('{"~truncated":{"size":5}}')).toEqual({ size: 5, head: '' });
});

import { expect, it } from 'vitest';
import { samplePaths } from './sample-paths.ts';

it('lists fields with examples, and those of all items of a list', () => {
  const paths = samplePaths({ id: 820982911946154508n, lines: [{ sku: 'A' }, { sku: 'B', gift: true }], 'odd key': null });
  expect(paths.map(({ path, example, type }) => [path, example, type])).toEqual([
    ['id', '820982911946154508', 'number'],
    ['lines', '[2]', 'list'],
    ['lines[].sku', 'A', 'text'],
    ['lines[].gift', 'true', 'boolean'],
    ['["odd key"]', 'null', 'null'],
  ]);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from './json.ts';
import { EACH, formatPath, getPath, parsePath, readPath, setPath } from './path.ts';
import { withoutPath } from './without-path.ts';

const ORDER: Json = {
  id: 1,
  line_items: [{ price: '1.00', tags: ['a'] }, { price: '2.00', tags: ['b', 'c'] }, {}],
  'odd.key': { 'with space': true },
};

describe('parsing', () => {
  test.each([
    ['id', ['id']],
    ['line_items[0].price', ['line_items', 0, 'price']],
    ['line_items[].price', ['line_items', EACH, 'price']],
    ['["odd.key"].with space', ['odd.key', 'with space']],
    ['[2]', [2]],
    ['', []],
    ['größe.é', ['größe', 'é']],
  ])('%s', (text, path) => {
    expect(parsePath(text)).toEqual(path);
  });

  test.each(['.a', 'a.', 'a..b', 'a[', 'a[x]', 'a[-1]', 'a]', '__proto__', 'a.constructor', 'a["prototype"]', 'a{b', '^.a', ' a'])(
    'refuses %s',
    (text) => {
      expect(parsePath(text)).toBeNull();
    },
  );

  test('a formatted path reads back as the same', () => {
    const step = fc.oneof(fc.string({ minLength: 1 }), fc.nat(999), fc.constant(EACH));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), (path) => {
        fc.pre(path.every((key) => key !== '__proto__' && key !== 'constructor' && key !== 'prototype'));
        expect(parsePath(formatPath(path))).toEqual(path);
      }),
    );
  });
});

describe('reading and writing', () => {
  test('reads fields, positions and every item', () => {
    expect(readPath(ORDER, 'line_items[1].price')).toBe('2.00');
    expect(readPath(ORDER, 'line_items[].price')).toEqual(['1.00', '2.00']);
    expect(readPath(ORDER, 'line_items[].tags[]')).toEqual(['a', 'b', 'c']);
    expect(readPath(ORDER, '["odd.key"]["with space"]')).toBe(true);
    expect(getPath(ORDER, [])).toBe(ORDER);
  });

  test.each(['toString', 'line_items.length', 'line_items.map', 'hasOwnProperty', 'id.toFixed', 'line_items[9]'])(
    'finds nothing at %s',
    (path) => {
      expect(readPath(ORDER, path)).toBeUndefined();
    },
  );

  test('what was set is what is read, and the original stays', () => {
    const before = structuredClone({ a: { b: [1, 2] } });
    expect(setPath(before, ['a', 'b', 1], 'x')).toEqual({ a: { b: [1, 'x'] } });
    expect(setPath({}, ['a', 'b'], 1)).toEqual({ a: { b: 1 } });
    expect(before).toEqual({ a: { b: [1, 2] } });
  });

  test('a field is taken out without touching the rest', () => {
    expect(withoutPath({ a: { b: 1, c: 2 }, d: 3 }, ['a', 'b'])).toEqual({ a: { c: 2 }, d: 3 });
    expect(withoutPath({ d: 3 }, ['a', 'b'])).toEqual({ d: 3 });
  });
});

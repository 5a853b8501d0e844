import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locateJsonFault } from './json-fault.ts';
import { malformedAt } from './malformed-at.ts';

describe('the place where JSON stops being readable', () => {
  it.each([
    ['{"a": 1,}', 8],
    ['{"a" 1}', 5],
    ['[1, 2', 5],
    ['{"a": "b', 8],
    ['{"a": tru}', 6],
    ['{"a": 01}', 6],
    ['', 0],
    ['{"a": 1} x', 9],
    ['["\\x"]', 2],
    ["{'a': 1}", 1],
  ])('%s', (text, at) => {
    expect(malformedAt(text)).toBe(at);
  });

  it('is named with line and column', () => {
    expect(locateJsonFault('{\n  "id": 820982911946154508,\n  "name": ,\n}')).toMatchObject({ code: 'malformed', line: 3, column: 11 });
    expect(locateJsonFault('{"id": 820982911946154508}')).toBeNull();
  });

  it('lies at the end exactly where a good text was cut off or not touched', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(malformedAt(text)).toBe(text.length);
      }),
    );
  });

  it('survives a hostile nesting', () => {
    expect(malformedAt('['.repeat(200_000))).toBe(200_000);
  });
});

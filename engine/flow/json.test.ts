import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRecord, JsonError, numberFromText, parseJson, stringifyJson, textOf, type Json } from './json.ts';

const digits = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: min, maxLength: max });

/** Any number as JSON can write it, most of them beyond a double. */
const numberText = fc
  .record({
    sign: fc.constantFrom('', '-'),
    whole: digits(1, 40).map((text) => text.replace(/^0+(?=\d)/, '')),
    fraction: fc.option(digits(1, 30), { nil: null }),
    exponent: fc.option(fc.tuple(fc.constantFrom('e', 'E'), fc.constantFrom('', '+', '-'), digits(1, 2)), { nil: null }),
  })
  .map(
    ({ sign, whole, fraction, exponent }) =>
      sign + whole + (fraction === null ? '' : `.${fraction}`) + (exponent === null ? '' : exponent.join('')),
  );

function faultOf(text: string): string {
  try {
    parseJson(text);
    return 'none';
  } catch (error) {
    return error instanceof JsonError ? error.code : 'other';
  }
}

/** Keys such as `__proto__`, which the generator likes, are refused and have tests of their own. */
const anyJson = fc.json({ maxDepth: 3 }).filter((text) => !/__proto__|constructor|prototype/.test(text));

describe('digits', () => {
  test('every number comes back as it was written', () => {
    fc.assert(
      fc.property(numberText, (text) => {
        expect(stringifyJson(parseJson(text))).toBe(text);
      }),
    );
  });

  test('inside lists and objects too, beside any other value', () => {
    fc.assert(
      fc.property(fc.array(numberText), anyJson, (numbers, other) => {
        const text = `{"numbers":[${numbers.join(',')}],"n":{"id":${numbers[0] ?? '1'}}}`;
        expect(stringifyJson(parseJson(text))).toBe(text);
        expect(stringifyJson(parseJson(other))).toBe(JSON.stringify(JSON.parse(other)));
      }),
    );
  });

  test('an 18-digit id is a bigint, an ordinary number a number', () => {
    const order = parseJson('{"id":820982911946154508,"price":12.5,"total":19.90,"name":"4711"}');
    expect(order).toMatchObject({ id: 820982911946154508n, price: 12.5, name: '4711' });
    expect(stringifyJson(order)).toBe('{"id":820982911946154508,"price":12.5,"total":19.90,"name":"4711"}');
    expect(isRecord(order) && textOf(order['total'])).toBe('19.90');
  });

  test('digits in strings are nobody’s business', () => {
    const text = '{"a":"820982911946154508.10","b":"\\"[1e5,"}';
    expect(parseJson(text)).toEqual(JSON.parse(text));
  });

  test('text that looks like the parser’s own mark stays text', () => {
    const text = '{"id":820982911946154508,"a":"\uE0001","b":"\\ue0002"}';
    expect(parseJson(text)).toEqual({ id: 820982911946154508n, a: '\uE0001', b: '\uE0002' });
  });

  test('numbers from text choose the plainest form that keeps them', () => {
    expect(numberFromText('42')).toBe(42);
    expect(numberFromText('9007199254740993')).toBe(9007199254740993n);
    expect(textOf(numberFromText('1.10'))).toBe('1.10');
  });
});

describe('limits', () => {
  test.each([
    ['[', 'malformed'],
    ['{"a":"', 'malformed'],
    ['{"a":01}', 'malformed'],
    ['', 'malformed'],
    ['{820982911946154508:1}', 'malformed'],
    ['{820982911946154508 :1}', 'malformed'],
    ['[820982911946154508.]', 'malformed'],
    ['[0820982911946154508]', 'malformed'],
    ['[1 820982911946154508]', 'malformed'],
    ['{"__proto__":{"admin":true}}', 'forbidden_key'],
    ['{"a":{"constructor":1}}', 'forbidden_key'],
    ['{"\\u005f_proto__":1}', 'forbidden_key'],
    ['{"prototype" :1}', 'forbidden_key'],
    ['{"say":"the constructor of __proto__"}', 'none'],
  ])('%s is %s', (text, code) => {
    expect(faultOf(text)).toBe(code);
  });

  test('depth is refused before anything is parsed', () => {
    expect(faultOf('['.repeat(10_000) + ']'.repeat(10_000))).toBe('too_deep');
    expect(faultOf('{"a":'.repeat(10_000))).toBe('too_deep');
    expect(faultOf('['.repeat(100) + ']'.repeat(100))).toBe('none');
    expect(() => parseJson('[[1]]', { depth: 1 })).toThrow(JsonError);
  });

  test('so are too many keys', () => {
    expect(() => parseJson('{"a":1,"b":2}', { keys: 1 })).toThrow('too_many_keys');
  });
});

test('writing: bigint anywhere, with or without indent', () => {
  const value: Json = { id: 9007199254740993n, list: [1n] };
  expect(stringifyJson(value)).toBe('{"id":9007199254740993,"list":[1]}');
  expect(stringifyJson(value, 1)).toContain('"id": 9007199254740993');
});

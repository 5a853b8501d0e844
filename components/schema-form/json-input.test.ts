import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stringifyJson } from '#engine/flow/json.ts';
import { readValue, writeValue } from './json-value.ts';

it('reads what people mean', () => {
  expect(readValue('12')).toBe(12);
  expect(readValue('"12"')).toBe('12');
  expect(readValue('true')).toBe(true);
  expect(readValue('EUR')).toBe('EUR');
  expect(readValue('820982911946154508')).toBe(820982911946154508n);
  expect(readValue('3 pieces')).toBe('3 pieces');
});

it('shows every value so that it is read back as the same', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const json = JSON.parse(JSON.stringify(value));
      expect(stringifyJson(readValue(writeValue(json)))).toBe(stringifyJson(json));
    }),
  );
});

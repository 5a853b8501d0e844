import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CsvError, readCsv, writeCsv } from './csv.ts';

it('reads back what it wrote, whatever the cells hold', () => {
  const cell = fc.oneof(fc.string({ minLength: 1, unit: 'grapheme' }), fc.constantFrom('=1+1', '-3', "'=x", 'a"b', 'x,y', 'two\nlines', '@SUM(A1)', '007', '\ttab'));
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }), (rows) => {
      // An apostrophe before a formula is what the guard itself writes.
      const plain = rows.map((row) => row.map((text) => text.replace(/^'+(?=[=+\-@\t\r])/, '').replaceAll('\r', '')).map((text) => text || 'x'));
      expect(readCsv(writeCsv(plain))).toEqual(plain);
    }),
  );
});

it('writes no formula', () => {
  for (const line of writeCsv([['=cmd|x', '+1', '-1', '@a', 'ok']]).replace('\uFEFF', '').trim().split(',')) expect(line).not.toMatch(/^"?[=+\-@]/);
});

it('takes the separators spreadsheets write, quotes over lines, and says where it breaks', () => {
  expect(readCsv('\uFEFFkey;name\r\n1;"a;b"\n2;"c\nd"\r\n\r\n')).toEqual([['key', 'name'], ['1', 'a;b'], ['2', 'c\nd']]);
  expect(readCsv('a\tb\n1\t2')).toEqual([['a', 'b'], ['1', '2']]);
  expect(() => readCsv('a,b\n"x,1\n2')).toThrow(new CsvError(2));
});

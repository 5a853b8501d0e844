import { expect, it } from 'vitest';
import { parseJson } from '#engine/flow/json.ts';
import { jsonRows } from './json-rows.ts';

const ORDER = parseJson('{"id":820982911946154508,"price":"199.00","rate":12.50,"lines":[{"sku":"A-1"},{"sku":"B-2"}],"note":null}');
const closed = { isOpen: () => false, search: '' };
const open = { isOpen: () => true, search: '' };

it('shows only the root line of a closed value', () => {
  expect(jsonRows(ORDER, closed)).toMatchObject([{ path: '', kind: 'object', size: 5, open: false }]);
});

it('shows every line of an open value with its path and every digit', () => {
  const rows = jsonRows(ORDER, open);
  expect(rows.map((row) => row.path)).toEqual(['', 'id', 'price', 'rate', 'lines', 'lines[0]', 'lines[0].sku', 'lines[1]', 'lines[1].sku', 'note']);
  expect(rows.find((row) => row.path === 'id')?.text).toBe('820982911946154508');
  expect(rows.find((row) => row.path === 'rate')?.text).toBe('12.50');
  expect(rows.find((row) => row.path === 'price')?.text).toBe('"199.00"');
});

it('a search opens the way to what it finds and hides the rest', () => {
  const rows = jsonRows(ORDER, { isOpen: () => false, search: 'b-2' });
  expect(rows.map((row) => row.path)).toEqual(['', 'lines', 'lines[1]', 'lines[1].sku']);
  expect(rows.filter((row) => row.match).map((row) => row.path)).toEqual(['lines[1].sku']);
});

it('a search without a match leaves the root alone', () => {
  expect(jsonRows(ORDER, { isOpen: () => true, search: 'nowhere' }).map((row) => row.path)).toEqual(['']);
});

it('a leaf at the root is one line', () => {
  expect(jsonRows(parseJson('"x"'), open)).toMatchObject([{ kind: 'text', text: '"x"', name: null }]);
});

import { isRecord, parseJson, stringifyJson, textOf } from '#engine/flow/json.ts';
import type { Json } from '#engine/flow/json.ts';
import { AppError } from '../errors/app-error.ts';

/** The one column of a table that gives a single value for each key. */
export const singleColumn = 'value';

export const mostRows = 10_000;
export const mostColumns = 20;

/** Reads what is stored, `[{key, value}]`, as cells. A value that is no object stands in the column `value`. */
export function readRows(rowsText: string): { columns: string[]; rows: string[][] } {
  const stored = parseJson(rowsText);
  const pairs = (Array.isArray(stored) ? stored : []).filter(isRecord);
  const columns = new Set<string>();
  for (const { value } of pairs) {
    if (isRecord(value ?? null)) for (const name of Object.keys(Object(value))) columns.add(name);
    else columns.add(singleColumn);
  }
  const names = columns.size === 0 ? [singleColumn] : [...columns];
  return { columns: names, rows: pairs.map(({ key, value }) => [cell(key), ...names.map((name) => cellIn(value, name))]) };
}

/**
 * Cells as they are stored: text, for a key or code that looks like a number must not become one. With the one column `value`
 * a key means that text, else an object of the columns.
 * @throws AppError `invalid` for a key that is empty or there twice, with its line
 */
export function writeRows(table: { columns: string[]; rows: string[][] }): string {
  const { columns } = table;
  if (new Set(columns).size < columns.length) throw new AppError('invalid', { reason: 'column_twice' });
  const seen = new Set<string>();
  const single = columns.length === 1 && columns[0] === singleColumn;
  const pairs = table.rows.map(([key = '', ...cells], at): Json => {
    const line = at + 1;
    if (key === '') throw new AppError('invalid', { reason: 'key_missing', line });
    if (seen.has(key)) throw new AppError('invalid', { reason: 'key_twice', line, key });
    seen.add(key);
    return { key, value: single ? (cells[0] ?? '') : Object.fromEntries(columns.map((name, column) => [name, cells[column] ?? ''])) };
  });
  return stringifyJson(pairs);
}

function cellIn(value: Json | undefined, name: string): string {
  if (value === undefined) return '';
  if (isRecord(value)) return cell(value[name]);
  return name === singleColumn ? cell(value) : '';
}

function cell(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  return isRecord(value) || Array.isArray(value) ? stringifyJson(value) : textOf(value);
}

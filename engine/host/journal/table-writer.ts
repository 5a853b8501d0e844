import { pgArray, pgTexts } from '../pg-array.ts';

/** How a column travels: `plain` values hold no control characters (ids, numbers, codes); `text` may hold anything. */
type Travel = 'plain' | 'text';

interface Column {
  name: string;
  /** Type of the array it travels in. */
  type: string;
  travel: Travel;
  /** SQL that makes the column of the travelling value. */
  read(value: string): string;
}

const same = (value: string) => value;

export const uuid = (name: string): Column => ({ name, type: 'uuid', travel: 'plain', read: same });
export const integer = (name: string): Column => ({ name, type: 'int', travel: 'plain', read: same });
export const bool = (name: string): Column => ({ name, type: 'boolean', travel: 'plain', read: same });
export const bigint = (name: string): Column => ({ name, type: 'bigint', travel: 'plain', read: same });
/** Ids and codes of our own. */
export const code = (name: string): Column => ({ name, type: 'text', travel: 'plain', read: same });
export const text = (name: string): Column => ({ name, type: 'text', travel: 'text', read: same });
/** A list of texts, travelling as an array literal. */
export const texts = (name: string): Column => ({ name, type: 'text', travel: 'text', read: (value) => `${value}::text[]` });
export const json = (name: string): Column => ({ name, type: 'text', travel: 'text', read: (value) => `${value}::jsonb` });
/** Epoch milliseconds. */
export const moment = (name: string): Column => ({ name, type: 'float8', travel: 'plain', read: (value) => `to_timestamp(${value} / 1000)` });

export type Cell = string | number | null;

/** The columns of one table's share of the journal statement. Every row also names the lane (`ref`) it is fenced by. */
export interface TableShape {
  /** SQL of the rows, `unnest(…) AS name(ref, …)`; the first parameter's number is given. */
  from(name: string, firstParameter: number): string;
  /** Column names for INSERT, and the expressions that fill them. */
  names: string;
  values(name: string): string;
  parameters: number;
  /** The parameters' values: one array literal per column. */
  literals(rows: readonly Cell[][]): string[];
}

export function tableShape(columns: readonly Column[]): TableShape {
  const all = [integer('ref'), ...columns];
  return {
    from: (name, first) => `unnest(${all.map((column, at) => `$${first + at}::${column.type}[]`).join(', ')}) AS ${name} (${all.map((column) => column.name).join(', ')})`,
    names: columns.map((column) => column.name).join(', '),
    values: (name) => columns.map((column) => column.read(`${name}.${column.name}`)).join(', '),
    parameters: all.length,
    literals: (rows) =>
      all.map((column, at) => {
        const cells = rows.map((row) => row[at] ?? null);
        return column.travel === 'plain' ? pgArray(cells) : pgTexts(cells.map((cell) => (cell === null ? null : String(cell))));
      }),
  };
}

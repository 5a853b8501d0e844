import { bigint, integer, tableShape, uuid, type Cell, type TableShape } from './table-writer.ts';

/** Shape of the rows that name the lanes, for the statement's part `fence`. */
export const fenceShape = tableShape([uuid('flow_id'), integer('number'), bigint('epoch')]);

/** A statement over several tables whose rows count only while their lane's lease is ours. */
export interface FencedStatement<Part extends string> {
  /** SQL of a part's rows, named `r`. */
  rowsOf(part: Part): string;
  /** SQL that inserts a part's rows into a table. */
  insert(part: Part, table: string, conflict: string): string;
  /** No rows yet of any part. */
  noRows(): Record<Part, Cell[][]>;
  /** The parameters, in the order of the parts. */
  parameters(rows: Record<Part, Cell[][]>): string[];
}

/** SQL of `fence`: locks the lanes that are still ours; rows of others join nothing and are dropped. */
export function fenceOf(rows: string): string {
  return `fence AS MATERIALIZED (
  SELECT r.ref FROM ${rows} JOIN lane l ON l.flow_id = r.flow_id AND l.number = r.number AND l.lease_epoch = r.epoch
  FOR KEY SHARE OF l
)`;
}

/** Parts take their parameters in the order in which they are given. */
export function fencedStatement<Part extends string>(shapes: Record<Part, TableShape>): FencedStatement<Part> {
  const order: Part[] = [];
  for (const part in shapes) order.push(part);

  function rowsOf(part: Part): string {
    const first = order.slice(0, order.indexOf(part)).reduce((sum, earlier) => sum + shapes[earlier].parameters, 1);
    return shapes[part].from('r', first);
  }

  return {
    rowsOf,
    insert(part, table, conflict) {
      const shape = shapes[part];
      return `INSERT INTO ${table} (${shape.names}) SELECT ${shape.values('r')} FROM ${rowsOf(part)} JOIN fence USING (ref) ON CONFLICT ${conflict}`;
    },
    noRows() {
      const rows = {} as Record<Part, Cell[][]>;
      for (const part of order) rows[part] = [];
      return rows;
    },
    parameters: (rows) => order.flatMap((part) => shapes[part].literals(rows[part])),
  };
}

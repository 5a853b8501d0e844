import { isRecord, parseJson, textOf, type Json } from '#engine/flow/json.ts';
import type { StatePort } from '#engine/nodes/step.ts';
import type { Sql } from '../database.ts';

type Table = ReadonlyMap<string, Json>;

/** The lookup tables of all retailers, in memory, dropped when one changes (`weft_config`). */
export interface Lookups {
  find(retailerId: string, request: Parameters<StatePort['lookup']>[0]): Promise<{ found: boolean; rows: (Json | null)[] }>;
  /** A table of this retailer changed. */
  forget(retailerId: string): void;
  forgetAll(): void;
}

/** Tables kept; the least lately loaded goes first. */
const MOST_TABLES = 500;
/** A table that is not there is asked for again after so long, should the notice of its making be lost. */
const MISSING_MS = 5_000;

export function createLookups(sql: Sql): Lookups {
  const tables = new Map<string, { rows: Table | null; at: number }>();
  const loading = new Map<string, Promise<Table | null>>();
  let generation = 0;

  async function load(name: string, of: { retailerId: string; table: string }): Promise<Table | null> {
    const started = generation;
    const [row] = await sql<{ rows: string }[]>`select rows from lookup_table where retailer_id = ${of.retailerId} and name = ${of.table}`;
    const rows = row ? indexed(parseJson(row.rows)) : null;
    if (started !== generation) return rows;
    tables.set(name, { rows, at: Date.now() });
    const [oldest] = tables.keys();
    if (tables.size > MOST_TABLES && oldest !== undefined) tables.delete(oldest);
    return rows;
  }

  function tableOf(retailerId: string, table: string): Table | null | Promise<Table | null> {
    const name = `${retailerId} ${table}`;
    const known = tables.get(name);
    if (known && (known.rows || known.at > Date.now() - MISSING_MS)) return known.rows;
    const running = loading.get(name);
    if (running) return running;
    const started = load(name, { retailerId, table }).finally(() => loading.delete(name));
    loading.set(name, started);
    return started;
  }

  return {
    async find(retailerId, { table, keys }) {
      const rows = await tableOf(retailerId, table);
      return { found: rows !== null, rows: keys.map((key) => rows?.get(key) ?? null) };
    },
    forget(retailerId) {
      generation += 1;
      loading.clear();
      for (const name of tables.keys()) if (name.startsWith(retailerId)) tables.delete(name);
    },
    forgetAll() {
      generation += 1;
      loading.clear();
      tables.clear();
    },
  };
}

/** `[{key, value}]` by key; the last row of a key counts. */
function indexed(rows: Json): Table {
  const table = new Map<string, Json>();
  for (const row of Array.isArray(rows) ? rows : []) {
    if (isRecord(row) && row['key'] !== undefined && row['value'] !== undefined) table.set(textOf(row['key']), row['value']);
  }
  return table;
}

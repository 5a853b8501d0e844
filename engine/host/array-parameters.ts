import type { PostgresType } from 'postgres';
import { pgTexts } from './pg-array.ts';

/** Oids of the array types that statements of the engine take as parameters (pg_type.dat of PostgreSQL; they never change). */
const ARRAYS = { bools: 1000, ints: 1007, texts: 1009, bigints: 1016, floats: 1022, uuids: 2951 };

/**
 * How lists travel as parameters. postgres.js would ask the server for its array types behind every new connection, and nobody
 * hears when that question fails with the connection: an unhandled rejection. Answers with arrays stay text; none is asked for.
 */
export const arrayParameters: Record<string, PostgresType> = Object.fromEntries(
  Object.entries(ARRAYS).map(([name, oid]) => [name, { to: oid, from: [], serialize: listText, parse: (text: string) => text }]),
);

function listText(values: unknown): string {
  if (!Array.isArray(values)) return String(values);
  return pgTexts(values.map((value) => (value === null || value === undefined ? null : String(value))));
}

import { sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';

/**
 * A correlated sub-select as a column. The inner SQL is nested because drizzle drops the table names of columns that
 * stand directly in a selected `sql` when the outer query has one table, and the correlation would be lost.
 */
export function scalar<T>(inner: SQL): SQL<T> {
  return sql<T>`(${inner})`;
}

import { and, eq } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Tx } from '../database.ts';

/**
 * The tenant as a condition. The row policies refuse the rest anyway; saying it again lets the planner use the
 * tenant's indexes, and a policy lost by mistake would not open the table.
 */
export function owned(tx: Tx, table: { partnerId: PgColumn; retailerId: PgColumn }): SQL | undefined {
  const partner = eq(table.partnerId, tx.partnerId);
  return tx.retailerId === null ? partner : and(partner, eq(table.retailerId, tx.retailerId));
}

import { and, asc, eq } from 'drizzle-orm';
import { lookupTable } from '#drizzle/schema/index.ts';
import type { Tx } from '../database.ts';
import { owned } from '../tenancy/owned.ts';

const fields = { id: lookupTable.id, retailerId: lookupTable.retailerId, name: lookupTable.name, rowsText: lookupTable.rows, updatedAt: lookupTable.updatedAt };

export type TableRow = Awaited<ReturnType<typeof listTables>>[number];

export async function listTables(tx: Tx, retailerId: string) {
  return tx.db.select(fields).from(lookupTable).where(and(owned(tx, lookupTable), eq(lookupTable.retailerId, retailerId))).orderBy(asc(lookupTable.name));
}

/** Names alone: the rows of a large table are not read for them. */
export async function listTableNames(tx: Tx, retailerId: string): Promise<string[]> {
  const rows = await tx.db.select({ name: lookupTable.name }).from(lookupTable).where(and(owned(tx, lookupTable), eq(lookupTable.retailerId, retailerId)));
  return rows.map(({ name }) => name);
}

export async function findTable(tx: Tx, id: string): Promise<TableRow | null> {
  const [row] = await tx.db.select(fields).from(lookupTable).where(and(owned(tx, lookupTable), eq(lookupTable.id, id)));
  return row ?? null;
}

export async function insertTable(tx: Tx, row: { id: string; retailerId: string; name: string; rowsText: string }): Promise<void> {
  await tx.db.insert(lookupTable).values({ partnerId: tx.partnerId, id: row.id, retailerId: row.retailerId, name: row.name, rows: row.rowsText });
}

/** Compare and set. @returns null when somebody saved meanwhile. */
export async function replaceTable(tx: Tx, change: { id: string; updatedAt: Date; name: string; rowsText: string }): Promise<Date | null> {
  const [row] = await tx.db
    .update(lookupTable)
    .set({ name: change.name, rows: change.rowsText, updatedAt: new Date() })
    .where(and(owned(tx, lookupTable), eq(lookupTable.id, change.id), eq(lookupTable.updatedAt, change.updatedAt)))
    .returning({ updatedAt: lookupTable.updatedAt });
  return row?.updatedAt ?? null;
}

export async function deleteTable(tx: Tx, id: string): Promise<void> {
  await tx.db.delete(lookupTable).where(and(owned(tx, lookupTable), eq(lookupTable.id, id)));
}

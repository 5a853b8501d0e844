import { uuidv7 } from 'uuidv7';
import type { Tx } from '../database.ts';
import { AppError } from '../errors/app-error.ts';
import { isUniqueViolation } from '../errors/database-errors.ts';
import { flowsThatMention } from '../repositories/flow.ts';
import * as tables from '../repositories/table.ts';
import type { TableRow } from '../repositories/table.ts';
import type { Scope } from '../tenancy/scope.ts';
import type { TableListItem, TableView } from '../views/table.ts';
import { requireRetailer } from './retailer.ts';
import { readRows, writeRows } from './table-rows.ts';

export function listTables(scope: Scope, retailerId: string): Promise<TableListItem[]> {
  return scope.read(async (tx) => {
    await requireRetailer(tx, retailerId);
    const found = await tables.listTables(tx, retailerId);
    return Promise.all(
      found.map(async ({ id, name, rowsText, updatedAt }) => {
        const { columns, rows } = readRows(rowsText);
        // As it stands in a document: a name in quotes.
        const usedBy = await flowsThatMention(tx, retailerId, JSON.stringify(name));
        return { id, name, columns, rowCount: rows.length, updatedAt: updatedAt.toISOString(), usedBy };
      }),
    );
  });
}

export function getTable(scope: Scope, tableId: string): Promise<TableView> {
  return scope.read(async (tx) => {
    const { id, retailerId, name, rowsText, updatedAt } = await requireTable(tx, tableId);
    return { id, retailerId, name, ...readRows(rowsText), updatedAt: updatedAt.toISOString() };
  });
}

export function createTable(scope: Scope, input: { retailerId: string; name: string; columns: string[]; rows: string[][] }): Promise<{ id: string }> {
  const rowsText = writeRows(input);
  const id = uuidv7();
  return refusingTakenName(input.name, () =>
    scope.write(async (tx) => {
      await requireRetailer(tx, input.retailerId);
      await tables.insertTable(tx, { id, retailerId: input.retailerId, name: input.name, rowsText });
      scope.note({ tableId: id });
      return { id };
    }),
  );
}

/**
 * Replaces name, columns and rows of a table, if it is still the one that was opened.
 * @throws AppError `conflict` when somebody saved meanwhile, or when it is renamed while flows name it
 */
export function saveTable(scope: Scope, input: { tableId: string; updatedAt: string; name: string; columns: string[]; rows: string[][] }): Promise<{ id: string; updatedAt: string }> {
  const rowsText = writeRows(input);
  return refusingTakenName(input.name, () =>
    scope.write(async (tx) => {
      const current = await requireTable(tx, input.tableId);
      if (current.name !== input.name) await refuseUsed(tx, current);
      const updatedAt = await tables.replaceTable(tx, { id: current.id, updatedAt: new Date(input.updatedAt), name: input.name, rowsText });
      if (updatedAt === null) throw new AppError('conflict', { reason: 'table_changed' });
      scope.note({ rows: input.rows.length });
      return { id: current.id, updatedAt: updatedAt.toISOString() };
    }),
  );
}

/** @throws AppError `conflict` with reason `in_use` and the flows that still name it */
export function removeTable(scope: Scope, tableId: string): Promise<{ id: string }> {
  return scope.write(async (tx) => {
    const current = await requireTable(tx, tableId);
    await refuseUsed(tx, current);
    await tables.deleteTable(tx, current.id);
    scope.note({ name: current.name });
    return { id: current.id };
  });
}

async function refuseUsed(tx: Tx, table: TableRow): Promise<void> {
  const flows = await flowsThatMention(tx, table.retailerId, JSON.stringify(table.name));
  if (flows.length > 0) throw new AppError('conflict', { reason: 'in_use', flows });
}

async function requireTable(tx: Tx, tableId: string): Promise<TableRow> {
  const row = await tables.findTable(tx, tableId);
  if (row === null) throw new AppError('not_found', { reason: 'table' });
  return row;
}

async function refusingTakenName<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isUniqueViolation(error, 'lookup_table_name_key')) throw new AppError('conflict', { reason: 'name_taken', field: 'name', name });
    throw error;
  }
}

import { z } from 'zod';
import { mostColumns, mostRows } from '../../services/table-rows.ts';
import * as tables from '../../services/table.ts';
import * as xrefs from '../../services/xref.ts';
import { id, name } from '../inputs.ts';
import { router, scoped } from '../trpc.ts';

const cell = z.string().max(1_000);
/** Columns become names of fields, so those that mean something to the language are refused. */
const columnName = z.string().trim().min(1).max(100).refine((text) => !['__proto__', 'constructor', 'prototype'].includes(text));
const content = z.object({
  name,
  columns: z.array(columnName).min(1).max(mostColumns),
  rows: z.array(z.array(cell).min(1).max(mostColumns + 1)).max(mostRows),
});

export const tableRouter = router({
  list: scoped('table:view')
    .input(z.object({ retailerId: id }))
    .query(({ ctx, input }) => tables.listTables(ctx.scope, input.retailerId)),
  get: scoped('table:view')
    .input(z.object({ tableId: id }))
    .query(({ ctx, input }) => tables.getTable(ctx.scope, input.tableId)),
  create: scoped('table:edit')
    .input(content.extend({ retailerId: id }))
    .mutation(({ ctx, input }) => tables.createTable(ctx.scope, input)),
  save: scoped('table:edit')
    .input(content.extend({ tableId: id, /** As it was opened. */ updatedAt: z.iso.datetime({ offset: true }) }))
    .mutation(({ ctx, input }) => tables.saveTable(ctx.scope, input)),
  remove: scoped('table:edit')
    .input(z.object({ tableId: id }))
    .mutation(({ ctx, input }) => tables.removeTable(ctx.scope, input.tableId)),
});

const word = z.string().trim().min(1).max(100);
const foreignId = z.string().min(1).max(500);
const pair = z.object({ entity: word, leftSystem: word, leftId: foreignId, rightSystem: word, rightId: foreignId });

export const xrefRouter = router({
  list: scoped('table:view')
    .input(
      z.object({
        retailerId: id,
        entity: word.optional(),
        system: word.optional(),
        search: z.string().max(200).optional(),
        cursor: z.string().max(200).nullish(),
        limit: z.number().int().min(1).max(1_000).default(100),
      }),
    )
    .query(({ ctx, input }) => xrefs.listXrefs(ctx.scope, input)),
  kinds: scoped('table:view')
    .input(z.object({ retailerId: id }))
    .query(({ ctx, input }) => xrefs.listXrefKinds(ctx.scope, input.retailerId)),
  add: scoped('table:edit')
    .input(pair.extend({ retailerId: id }))
    .mutation(({ ctx, input }) => xrefs.addXref(ctx.scope, input)),
  change: scoped('table:edit')
    .input(z.object({ xrefId: id, leftId: foreignId, rightId: foreignId }))
    .mutation(({ ctx, input }) => xrefs.changeXref(ctx.scope, input)),
  remove: scoped('table:edit')
    .input(z.object({ xrefIds: z.array(id).min(1).max(1_000) }))
    .mutation(({ ctx, input }) => xrefs.removeXrefs(ctx.scope, input.xrefIds)),
  import: scoped('table:edit')
    .input(z.object({ retailerId: id, pairs: z.array(pair).min(1).max(mostRows) }))
    .mutation(({ ctx, input }) => xrefs.importXrefs(ctx.scope, input)),
});

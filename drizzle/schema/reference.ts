import { foreignKey, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { createdInstant, id, tenant } from './columns.ts';
import { retailer } from './tenants.ts';

/**
 * The same thing under two names: an entity's id in one system and in another, found from either side. A pair lies with the
 * system that sorts first on the left, whichever way it was written (trigger weft_order_xref).
 */
export const xref = pgTable('xref', {
  ...tenant(),
  id: id(),
  entity: text('entity').notNull(),
  leftSystem: text('left_system').notNull(),
  leftId: text('left_id').notNull(),
  rightSystem: text('right_system').notNull(),
  rightId: text('right_id').notNull(),
  createdAt: createdInstant('created_at'),
  updatedAt: createdInstant('updated_at'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.retailerId, t.id] }),
  unique('xref_left_key').on(t.retailerId, t.entity, t.leftSystem, t.leftId, t.rightSystem),
  unique('xref_right_key').on(t.retailerId, t.entity, t.rightSystem, t.rightId, t.leftSystem),
  foreignKey({ columns: [t.partnerId, t.retailerId], foreignColumns: [retailer.partnerId, retailer.id] }).onDelete('cascade'),
]);

/** A small table a mapping looks values up in. `rows` is JSON text `[{key, value}]`. */
export const lookupTable = pgTable('lookup_table', {
  ...tenant(),
  id: id(),
  name: text('name').notNull(),
  rows: text('rows').notNull().default('[]'),
  updatedAt: createdInstant('updated_at'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.retailerId, t.id] }),
  unique('lookup_table_name_key').on(t.retailerId, t.name),
  foreignKey({ columns: [t.partnerId, t.retailerId], foreignColumns: [retailer.partnerId, retailer.id] }).onDelete('cascade'),
]);

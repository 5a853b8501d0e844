import { foreignKey, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { createdInstant, id, tenant } from './columns.ts';
import { flow } from './flows.ts';

/** An event of a trigger that somebody kept under a name: for pickers, previews, tests and expectations. */
export const sample = pgTable('sample', {
  ...tenant(),
  id: id(),
  flowId: uuid('flow_id').notNull(),
  /** The trigger of the flow's document that it would arrive at. */
  nodeId: text('node_id').notNull(),
  name: text('name').notNull(),
  /** JSON text as it came, digit for digit. */
  body: text('body').notNull(),
  /** The event it was taken from; null: pasted. */
  eventId: uuid('event_id'),
  createdBy: uuid('created_by'),
  createdAt: createdInstant('created_at'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.retailerId, t.id] }),
  unique('sample_name_key').on(t.flowId, t.nodeId, t.name),
  foreignKey({ columns: [t.partnerId, t.retailerId, t.flowId], foreignColumns: [flow.partnerId, flow.retailerId, flow.id] }).onDelete('cascade'),
]);

import { sql } from 'drizzle-orm';
import { foreignKey, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { createdInstant, instant, tenant } from './columns.ts';
import { flow } from './flows.ts';

/** Who has a flow open: one row per tab, kept alive by its beats. */
export const presence = pgTable('presence', {
  ...tenant(),
  flowId: uuid('flow_id').notNull(),
  tabId: uuid('tab_id').notNull(),
  userId: uuid('user_id').notNull(),
  name: text('name').notNull(),
  /** The node they look at. */
  nodeId: text('node_id'),
  /** Since when they hold the node's settings; null: they only look. */
  heldSince: instant('held_since'),
  openedAt: createdInstant('opened_at'),
  seenAt: createdInstant('seen_at'),
}, (t) => [
  primaryKey({ columns: [t.flowId, t.tabId] }),
  uniqueIndex('presence_held_idx').on(t.flowId, t.nodeId).where(sql`held_since IS NOT NULL`),
  foreignKey({ columns: [t.partnerId, t.retailerId, t.flowId], foreignColumns: [flow.partnerId, flow.retailerId, flow.id] }).onDelete('cascade'),
]);

import { boolean, foreignKey, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { createdInstant, id, instant, tenant } from './columns.ts';
import { retailer } from './tenants.ts';

// Documents are text, not jsonb: jsonb would normalise numbers and key order, and a constant of 18 digits must survive.

export const flow = pgTable('flow', {
  ...tenant(),
  id: id(),
  name: text('name').notNull(),
  createdAt: createdInstant('created_at'),
  archivedAt: instant('archived_at'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.retailerId, t.id] }),
  unique('flow_id_key').on(t.id),
  foreignKey({ columns: [t.partnerId, t.retailerId], foreignColumns: [retailer.partnerId, retailer.id] }).onDelete('cascade'),
]);

/** The one draft of a flow. Saved by compare-and-set on `revision`. */
export const flowDraft = pgTable('flow_draft', {
  ...tenant(),
  flowId: uuid('flow_id').primaryKey(),
  doc: text('doc').notNull(),
  revision: integer('revision').notNull().default(1),
  updatedBy: uuid('updated_by'),
  updatedAt: createdInstant('updated_at'),
}, (t) => [
  foreignKey({ columns: [t.partnerId, t.retailerId, t.flowId], foreignColumns: [flow.partnerId, flow.retailerId, flow.id] }).onDelete('cascade'),
]);

/** A published document. Immutable: the database refuses update and delete, except when its whole flow is deleted. */
export const flowVersion = pgTable('flow_version', {
  ...tenant(),
  flowId: uuid('flow_id').notNull(),
  id: id(),
  number: integer('number').notNull(),
  doc: text('doc').notNull(),
  /** hashFlow(doc): SHA-256 in hex of the canonical document. */
  hash: text('hash').notNull(),
  note: text('note').notNull().default(''),
  publishedBy: uuid('published_by'),
  publishedAt: createdInstant('published_at'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.retailerId, t.flowId, t.id] }),
  unique('flow_version_id_key').on(t.id),
  unique('flow_version_number_key').on(t.flowId, t.number),
  foreignKey({ columns: [t.partnerId, t.retailerId, t.flowId], foreignColumns: [flow.partnerId, flow.retailerId, flow.id] }).onDelete('cascade'),
]);

/** Which version an environment runs. `active` false = paused: events are refused, nothing is lost of what was accepted. */
export const liveVersion = pgTable('live_version', {
  ...tenant(),
  flowId: uuid('flow_id').notNull(),
  environment: text('environment').notNull().default('production'),
  versionId: uuid('version_id').notNull(),
  active: boolean('active').notNull().default(true),
  activatedBy: uuid('activated_by'),
  activatedAt: createdInstant('activated_at'),
  /** Held: events are accepted and wait. */
  held: boolean('held').notNull().default(false),
  heldReason: text('held_reason'),
  heldAt: instant('held_at'),
  /** Since then what had waited is started, at this many events a second; null: as fast as it goes. */
  resumedAt: instant('resumed_at'),
  drainPerSecond: integer('drain_per_second'),
}, (t) => [
  primaryKey({ columns: [t.flowId, t.environment] }),
  // Through the version's own key, so that a flow can never be pointed at another flow's version.
  foreignKey({
    columns: [t.partnerId, t.retailerId, t.flowId, t.versionId],
    foreignColumns: [flowVersion.partnerId, flowVersion.retailerId, flowVersion.flowId, flowVersion.id],
  }).onDelete('cascade'),
]);

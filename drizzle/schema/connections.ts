import { boolean, foreignKey, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { createdInstant, id, tenant } from './columns.ts';
import { retailer } from './tenants.ts';

/** An outside system of a retailer, and how to reach it. Holds no secret. */
export const connection = pgTable('connection', {
  ...tenant(),
  id: id(),
  name: text('name').notNull(),
  connector: text('connector').notNull().default('http'),
  environment: text('environment').notNull().default('production'),
  baseUrl: text('base_url').notNull(),
  authKind: text('auth_kind', { enum: ['none', 'basic', 'bearer', 'header'] }).notNull().default('none'),
  /** Public parts of the authentication: user name, header name. Never a secret. */
  authConfig: jsonb('auth_config').$type<{ username?: string; header?: string }>().notNull().default({}),
  /** May reach a private address that the operator allowed in private_network. */
  allowPrivate: boolean('allow_private').notNull().default(false),
  /** Calls at once, over all engine processes; null: no cap. */
  concurrency: integer('concurrency'),
  /** engine/flow/rate-limit.ts; null: only what the vendor's answers say. */
  rateLimit: jsonb('rate_limit'),
  /** Calls a second after an outage or a pause, until the backlog is gone; null: the engine's own ramp. */
  drainPerSecond: integer('drain_per_second'),
  createdAt: createdInstant('created_at'),
  updatedAt: createdInstant('updated_at'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.retailerId, t.id] }),
  unique('connection_id_key').on(t.id),
  unique('connection_name_key').on(t.retailerId, t.environment, t.name),
  foreignKey({ columns: [t.partnerId, t.retailerId], foreignColumns: [retailer.partnerId, retailer.id] }).onDelete('cascade'),
]);

/**
 * A secret of a connection, sealed for the engine's key. Write-only for web: it may insert one and see that it exists, but
 * never read `sealed` (column privilege). A changed secret is a new version; old versions are removed by the writer.
 */
export const credential = pgTable('credential', {
  ...tenant(),
  id: id(),
  connectionId: uuid('connection_id').notNull(),
  field: text('field', { enum: ['secret', 'webhook_secret'] }).notNull(),
  version: integer('version').notNull(),
  /** The sealing_key it was sealed with. */
  keyId: text('key_id').notNull(),
  /** Output of engine/vault seal(); associated data is partnerId/connectionId/field/version. */
  sealed: text('sealed').notNull(),
  createdAt: createdInstant('created_at'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.retailerId, t.id] }),
  unique('credential_version_key').on(t.connectionId, t.field, t.version),
  foreignKey({
    columns: [t.partnerId, t.retailerId, t.connectionId],
    foreignColumns: [connection.partnerId, connection.retailerId, connection.id],
  }).onDelete('cascade'),
]);

/** The public half of the installation's master key; written by the engine when it boots, read by web to seal. */
export const sealingKey = pgTable('sealing_key', {
  id: text('id').primaryKey(),
  publicKey: text('public_key').notNull(),
  createdAt: createdInstant('created_at'),
});

/**
 * The operator's allow-list of private addresses. `cidr` is either a network ('10.1.0.0/16') or one 'host:port'
 * ('127.0.0.1:3002'). Only the owner of the database writes it.
 */
export const privateNetwork = pgTable('private_network', {
  cidr: text('cidr').primaryKey(),
  note: text('note').notNull().default(''),
  createdAt: createdInstant('created_at'),
});

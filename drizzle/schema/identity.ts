import { bigint, boolean, foreignKey, index, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { createdInstant, id, instant } from './columns.ts';
import { partner, retailer } from './tenants.ts';

// The first five tables are better-auth's own (1.7): property names are its field names, so the drizzle adapter takes them as
// they are. Ids are uuid: give better-auth `advanced.database.generateId` = uuidv7.

/** A person who signs in. Belongs to no tenant by itself: memberships say where they may go. */
export const user = pgTable('user', {
  id: id().primaryKey(),
  name: text('name').notNull(),
  email: text('email').notNull().unique(),
  emailVerified: boolean('email_verified').notNull().default(false),
  image: text('image'),
  createdAt: createdInstant('created_at'),
  updatedAt: createdInstant('updated_at'),
});

export const session = pgTable('session', {
  id: id().primaryKey(),
  userId: uuid('user_id').notNull().references(() => user.id, { onDelete: 'cascade' }),
  token: text('token').notNull().unique(),
  expiresAt: instant('expires_at').notNull(),
  ipAddress: text('ip_address'),
  userAgent: text('user_agent'),
  createdAt: createdInstant('created_at'),
  updatedAt: createdInstant('updated_at'),
}, (t) => [index('session_user_idx').on(t.userId)]);

/** A way to sign in. Password accounts have providerId 'credential' and an argon2id hash in `password`. */
export const account = pgTable('account', {
  id: id().primaryKey(),
  userId: uuid('user_id').notNull().references(() => user.id, { onDelete: 'cascade' }),
  accountId: text('account_id').notNull(),
  providerId: text('provider_id').notNull(),
  accessToken: text('access_token'),
  refreshToken: text('refresh_token'),
  idToken: text('id_token'),
  accessTokenExpiresAt: instant('access_token_expires_at'),
  refreshTokenExpiresAt: instant('refresh_token_expires_at'),
  scope: text('scope'),
  password: text('password'),
  createdAt: createdInstant('created_at'),
  updatedAt: createdInstant('updated_at'),
}, (t) => [index('account_user_idx').on(t.userId), unique('account_provider_key').on(t.providerId, t.accountId)]);

export const verification = pgTable('verification', {
  id: id().primaryKey(),
  identifier: text('identifier').notNull(),
  value: text('value').notNull(),
  expiresAt: instant('expires_at').notNull(),
  createdAt: createdInstant('created_at'),
  updatedAt: createdInstant('updated_at'),
}, (t) => [index('verification_identifier_idx').on(t.identifier)]);

/** Sign-in attempts per address, shared over all web processes. `lastRequest` is milliseconds since 1970. */
export const rateLimit = pgTable('rate_limit', {
  id: id().primaryKey(),
  key: text('key').notNull().unique(),
  count: integer('count').notNull(),
  lastRequest: bigint('last_request', { mode: 'number' }).notNull(),
});

/** Where a person may go and as what. `retailerId` null = all retailers of the partner; a retailer_viewer always has one. */
export const membership = pgTable('membership', {
  partnerId: uuid('partner_id').notNull().references(() => partner.id, { onDelete: 'cascade' }),
  id: id(),
  userId: uuid('user_id').notNull().references(() => user.id, { onDelete: 'cascade' }),
  retailerId: uuid('retailer_id'),
  role: text('role', { enum: ['partner_admin', 'consultant', 'retailer_viewer'] }).notNull(),
  createdAt: createdInstant('created_at'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.id] }),
  unique('membership_place_key').on(t.userId, t.partnerId, t.retailerId).nullsNotDistinct(),
  foreignKey({ columns: [t.partnerId, t.retailerId], foreignColumns: [retailer.partnerId, retailer.id] }).onDelete('cascade'),
]);

/** A key for machines: 'weft_…' is shown once, `keyHash` is its SHA-256 in hex. */
export const apiKey = pgTable('api_key', {
  partnerId: uuid('partner_id').notNull().references(() => partner.id, { onDelete: 'cascade' }),
  id: id(),
  name: text('name').notNull(),
  keyHash: text('key_hash').notNull().unique(),
  retailerId: uuid('retailer_id'),
  role: text('role', { enum: ['partner_admin', 'consultant', 'retailer_viewer'] }).notNull(),
  createdBy: uuid('created_by'),
  createdAt: createdInstant('created_at'),
  expiresAt: instant('expires_at'),
  revokedAt: instant('revoked_at'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.id] }),
  foreignKey({ columns: [t.partnerId, t.retailerId], foreignColumns: [retailer.partnerId, retailer.id] }).onDelete('cascade'),
]);

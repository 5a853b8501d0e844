import { foreignKey, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core';
import { bytea, createdInstant, id, instant, tenant } from './columns.ts';

/** A firm that integrates systems for retailers: the tenant on top. */
export const partner = pgTable('partner', {
  id: id().primaryKey(),
  slug: text('slug').notNull().unique(),
  name: text('name').notNull(),
  createdAt: createdInstant('created_at'),
});

/** What a partner's people see: tokens, not CSS. `logo` is a raster image of at most a few hundred kilobytes. */
export const brand = pgTable('brand', {
  partnerId: uuid('partner_id').primaryKey().references(() => partner.id, { onDelete: 'cascade' }),
  name: text('name').notNull(),
  /** '#rrggbb', checked by the table. */
  accent: text('accent').notNull(),
  logo: bytea('logo'),
  /** Media type of `logo`: 'image/png' or 'image/webp'. */
  logoType: text('logo_type'),
  updatedAt: createdInstant('updated_at'),
});

/** A host name that shows a partner's brand. One host belongs to one partner only. */
export const domain = pgTable('domain', {
  /** Lower case, without port. */
  host: text('host').primaryKey(),
  partnerId: uuid('partner_id').notNull().references(() => partner.id, { onDelete: 'cascade' }),
  verifiedAt: instant('verified_at'),
  createdAt: createdInstant('created_at'),
});

/** A partner's client; the owner of flows, connections and runs. */
export const retailer = pgTable('retailer', {
  partnerId: uuid('partner_id').notNull().references(() => partner.id, { onDelete: 'cascade' }),
  id: id(),
  name: text('name').notNull(),
  slug: text('slug').notNull(),
  timeZone: text('time_zone').notNull().default('Europe/Berlin'),
  locale: text('locale').notNull().default('en'),
  currency: text('currency').notNull().default('EUR'),
  /** Events worked on at once, over all its flows and all engine processes; null: no cap. */
  concurrency: integer('concurrency'),
  createdAt: createdInstant('created_at'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.id] }),
  unique('retailer_id_key').on(t.id),
  unique('retailer_slug_key').on(t.partnerId, t.slug),
]);

/** A shop, warehouse or channel of a retailer. */
export const store = pgTable('store', {
  ...tenant(),
  id: id(),
  name: text('name').notNull(),
  code: text('code').notNull(),
  timeZone: text('time_zone').notNull().default('Europe/Berlin'),
  createdAt: createdInstant('created_at'),
}, (t) => [
  primaryKey({ columns: [t.partnerId, t.retailerId, t.id] }),
  unique('store_code_key').on(t.retailerId, t.code),
  foreignKey({ columns: [t.partnerId, t.retailerId], foreignColumns: [retailer.partnerId, retailer.id] }).onDelete('cascade'),
]);

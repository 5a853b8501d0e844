import { customType, timestamp, uuid } from 'drizzle-orm/pg-core';
import { uuidv7 } from 'uuidv7';

/**
 * A moment, as timestamptz with **milliseconds**. A JavaScript Date holds no more than that: with the default microseconds a
 * value that was read could not be found again by equality (inbox rows are addressed by their exact received_at).
 */
export const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

/** A moment that is the time of insertion unless the caller says otherwise. */
export const createdInstant = (name: string) => instant(name).notNull().defaultNow();

/** The row's own id: UUIDv7, made in code, so that a primary key index is appended to and not scattered over. */
export const id = () => uuid('id').notNull().$defaultFn(uuidv7);

/** The two columns every retailer-level table carries; they are the leading columns of its keys and the subject of its policies. */
export const tenant = () => ({
  partnerId: uuid('partner_id').notNull(),
  retailerId: uuid('retailer_id').notNull(),
});

/** Raw bytes. */
export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
});

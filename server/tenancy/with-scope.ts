import { sql } from 'drizzle-orm';
import type { Db, Tx } from '../database.ts';

export interface Tenant {
  partnerId: string;
  /** Null: all retailers of the partner. */
  retailerId: string | null;
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Runs `work` in one transaction under the tenant's row policies. The settings end with the transaction, so a
 * pooled connection never carries a tenant over to the next request.
 * @throws Error when the tenant is missing: that is a mistake in our code, never a default.
 */
export async function withScope<T>(db: Db, options: { tenant: Tenant; accessMode: 'read only' | 'read write' }, work: (tx: Tx) => Promise<T>): Promise<T> {
  const { partnerId, retailerId } = options.tenant;
  if (!uuid.test(partnerId)) throw new Error('A transaction without a partner was asked for.');
  if (retailerId !== null && !uuid.test(retailerId)) throw new Error('A transaction with a malformed retailer was asked for.');
  return db.transaction(
    async (tx) => {
      await tx.execute(sql`select set_config('weft.partner_id', ${partnerId}, true), set_config('weft.retailer_id', ${retailerId ?? '*'}, true)`);
      return work({ db: tx, partnerId, retailerId });
    },
    { accessMode: options.accessMode },
  );
}

import { audit } from '#drizzle/schema/index.ts';
import type { Tx } from '../database.ts';

/** Appends to the partner's audit chain; the database numbers, dates and hashes the row itself. */
export async function insertAudit(tx: Tx, entry: { actor: string; action: string; subject: string; detail: Record<string, unknown> }): Promise<void> {
  await tx.db.insert(audit).values({ partnerId: tx.partnerId, ...entry });
}

import { eq } from 'drizzle-orm';
import { partner } from '#drizzle/schema/index.ts';
import type { Tx } from '../database.ts';

/** The partner of this transaction. */
export async function findPartner(tx: Tx): Promise<{ id: string; name: string; slug: string } | null> {
  const [row] = await tx.db.select({ id: partner.id, name: partner.name, slug: partner.slug }).from(partner).where(eq(partner.id, tx.partnerId));
  return row ?? null;
}

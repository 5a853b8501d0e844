import { inArray } from 'drizzle-orm';
import { apiKey, user } from '#drizzle/schema/index.ts';
import type { Tx } from '../database.ts';

/**
 * Names of people and API keys by id, as far as this transaction may see them; a retailer's own people do not see the
 * partner's staff, so names may be missing.
 */
export async function namesOf(tx: Tx, ids: (string | null)[]): Promise<Map<string, string>> {
  const wanted = [...new Set(ids.filter((id): id is string => id !== null))];
  if (wanted.length === 0) return new Map();
  const people = await tx.db.select({ id: user.id, name: user.name }).from(user).where(inArray(user.id, wanted));
  const keys = await tx.db.select({ id: apiKey.id, name: apiKey.name }).from(apiKey).where(inArray(apiKey.id, wanted));
  return new Map([...people, ...keys].map((row) => [row.id, row.name]));
}

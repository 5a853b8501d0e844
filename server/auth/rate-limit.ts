import { lt, sql } from 'drizzle-orm';
import { rateLimit } from '#drizzle/schema/index.ts';
import { uuidv7 } from 'uuidv7';
import type { Db } from '../database.ts';

export interface Rule {
  /** Seconds. */
  window: number;
  max: number;
}

export interface Verdict {
  allowed: boolean;
  /** Seconds until the window frees up; null when allowed. */
  retryAfter: number | null;
}

const dayMs = 86_400_000;

/**
 * Counts one attempt on `key` in a window that all web processes share: one statement, so that simultaneous
 * attempts cannot all read the count before any of them is written. `db` is the auth role's.
 */
export async function consume(db: Db, key: string, rule: Rule): Promise<Verdict> {
  const now = Date.now();
  const windowStart = now - rule.window * 1000;
  const [row] = await db
    .insert(rateLimit)
    .values({ id: uuidv7(), key, count: 1, lastRequest: now })
    .onConflictDoUpdate({
      target: rateLimit.key,
      set: {
        count: sql`case when ${rateLimit.lastRequest} <= ${windowStart}::bigint then 1 else ${rateLimit.count} + 1 end`,
        lastRequest: sql`case when ${rateLimit.lastRequest} <= ${windowStart}::bigint then ${now}::bigint else ${rateLimit.lastRequest} end`,
      },
    })
    .returning({ count: rateLimit.count, since: rateLimit.lastRequest });
  // Old counters are swept by a few of the callers; a sweep per attempt would scan the table for an attacker.
  if (now % 100 === 0) await db.delete(rateLimit).where(lt(rateLimit.lastRequest, now - dayMs));
  if (row === undefined || row.count <= rule.max) return { allowed: true, retryAfter: null };
  return { allowed: false, retryAfter: Math.max(1, Math.ceil((row.since - windowStart) / 1000)) };
}

/** Forgets the attempts on `key`. */
export async function forgive(db: Db, key: string): Promise<void> {
  await db.delete(rateLimit).where(sql`${rateLimit.key} = ${key}`);
}

import { createHash, randomBytes } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Queries } from '../client.ts';
import { apiKey } from '../schema/index.ts';
import { demoId } from './demo-id.ts';

export interface CliKey {
  partner: string;
  name: string;
  key: string;
}

/** What is in the file for the command line. The first entry is the default. */
export interface CliFile {
  keys: CliKey[];
}

interface KeyOwner {
  partnerId: string;
  slug: string;
  name: string;
  createdBy: string;
}

/**
 * API keys for the command line, one per partner, with a consultant's rights. The database keeps hashes only, so a key that is
 * not in `known` (the file as it is now) any more is replaced. Returns the file's new content, or null when nothing changed.
 */
export async function seedCliKeys(db: Queries, owners: KeyOwner[], known: CliFile | null): Promise<CliFile | null> {
  const keys: CliKey[] = [];
  let changed = false;
  for (const { partnerId, slug, name, createdBy } of owners) {
    const id = demoId(`api-key/${slug}`);
    const [row] = await db.select({ keyHash: apiKey.keyHash }).from(apiKey).where(and(eq(apiKey.partnerId, partnerId), eq(apiKey.id, id)));
    const current = known?.keys.find((one) => one.partner === slug);
    if (row && current && row.keyHash === hashOf(current.key)) {
      keys.push(current);
      continue;
    }
    changed = true;
    const key = `weft_${randomBytes(32).toString('base64url')}`;
    const keyHash = hashOf(key);
    await db
      .insert(apiKey)
      .values({ partnerId, id, name: 'Command line', keyHash, role: 'consultant', createdBy })
      .onConflictDoUpdate({ target: [apiKey.partnerId, apiKey.id], set: { keyHash } });
    keys.push({ partner: slug, name, key });
  }
  return changed ? { keys } : null;
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

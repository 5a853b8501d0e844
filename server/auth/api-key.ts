import { createHash } from 'node:crypto';
import type { Db } from '../database.ts';
import { apiKeyByHash } from '../repositories/doors.ts';
import type { Actor } from './actor.ts';
import { permissionsOf } from './permissions.ts';

const format = /^weft_[A-Za-z0-9_-]{16,200}$/;

/** @returns the key in an `Authorization: Bearer weft_…` header; null when it carries something else. */
export function bearerKey(authorization: string | null): string | null {
  const key = authorization?.match(/^Bearer +(\S+)$/i)?.[1];
  return key !== undefined && format.test(key) ? key : null;
}

/** What the database keeps of a key. Keys are long and random, so a plain SHA-256 suffices and a look-up stays one index probe. */
export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** @returns who a key stands for; null when it is unknown, expired or revoked. */
export async function actorOfApiKey(db: Db, key: string): Promise<Actor | null> {
  const row = await apiKeyByHash(db, hashApiKey(key));
  if (row === null || row.revokedAt !== null || (row.expiresAt !== null && row.expiresAt <= new Date())) return null;
  return {
    kind: 'api_key',
    id: row.id,
    name: row.name,
    email: '',
    partnerId: row.partnerId,
    retailerId: row.retailerId,
    role: row.role,
    permissions: permissionsOf(row.role),
  };
}

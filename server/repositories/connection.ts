import { and, asc, eq, inArray, max, sql } from 'drizzle-orm';
import { connection, credential, sealingKey } from '#drizzle/schema/index.ts';
import type { Tx } from '../database.ts';
import { owned } from '../tenancy/owned.ts';
import type { AuthConfig, AuthKind, ConnectionView } from '../views/connection.ts';
import { scalar } from './scalar.ts';

export type CredentialField = 'secret' | 'webhook_secret';

const has = (field: CredentialField) =>
  scalar<boolean>(sql`select exists (select from ${credential} where ${credential.connectionId} = ${connection.id} and ${credential.field} = ${field})`);

const fields = {
  id: connection.id,
  retailerId: connection.retailerId,
  name: connection.name,
  connector: connection.connector,
  environment: connection.environment,
  baseUrl: connection.baseUrl,
  authKind: connection.authKind,
  authConfig: connection.authConfig,
  hasSecret: has('secret'),
  hasWebhookSecret: has('webhook_secret'),
  updatedAt: connection.updatedAt,
};

export async function listConnections(tx: Tx, retailerId: string): Promise<ConnectionView[]> {
  const rows = await tx.db
    .select(fields)
    .from(connection)
    .where(and(owned(tx, connection), eq(connection.retailerId, retailerId)))
    .orderBy(asc(connection.name));
  return rows.map((row) => ({ ...row, updatedAt: row.updatedAt.toISOString() }));
}

export async function findConnection(tx: Tx, connectionId: string): Promise<ConnectionView | null> {
  const [row] = await tx.db.select(fields).from(connection).where(and(owned(tx, connection), eq(connection.id, connectionId)));
  return row === undefined ? null : { ...row, updatedAt: row.updatedAt.toISOString() };
}

/** @returns which of these ids are connections of this retailer. */
export async function connectionIdsOf(tx: Tx, retailerId: string, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await tx.db
    .select({ id: connection.id })
    .from(connection)
    .where(and(owned(tx, connection), eq(connection.retailerId, retailerId), inArray(connection.id, ids)));
  return new Set(rows.map((row) => row.id));
}

export interface ConnectionValues {
  name: string;
  baseUrl: string;
  authKind: AuthKind;
  authConfig: AuthConfig;
  /** May reach what the operator's allow-list names. */
  allowPrivate: boolean;
}

export async function insertConnection(tx: Tx, row: ConnectionValues & { id: string; retailerId: string }): Promise<void> {
  await tx.db.insert(connection).values({ ...row, partnerId: tx.partnerId });
}

export async function updateConnection(tx: Tx, connectionId: string, values: ConnectionValues): Promise<void> {
  await tx.db.update(connection).set({ ...values, updatedAt: new Date() }).where(and(owned(tx, connection), eq(connection.id, connectionId)));
}

/** Its credentials go with it. */
export async function deleteConnection(tx: Tx, connectionId: string): Promise<void> {
  await tx.db.delete(connection).where(and(owned(tx, connection), eq(connection.id, connectionId)));
}

/** Locks the connection, so that two writers of one secret get different versions. @returns the version a new credential has. */
export async function nextCredentialVersion(tx: Tx, connectionId: string, field: CredentialField): Promise<number> {
  await tx.db.select({ id: connection.id }).from(connection).where(and(owned(tx, connection), eq(connection.id, connectionId))).for('update');
  const [row] = await tx.db
    .select({ version: max(credential.version) })
    .from(credential)
    .where(and(owned(tx, credential), eq(credential.connectionId, connectionId), eq(credential.field, field)));
  return (row?.version ?? 0) + 1;
}

export async function insertCredential(
  tx: Tx,
  row: { retailerId: string; connectionId: string; field: CredentialField; version: number; keyId: string; sealed: string },
): Promise<void> {
  await tx.db.insert(credential).values({ ...row, partnerId: tx.partnerId });
}

/** Forgets the versions before this one; with null, all of them. */
export async function deleteCredentials(tx: Tx, which: { connectionId: string; field: CredentialField; before: number | null }): Promise<void> {
  const older = which.before === null ? undefined : sql`${credential.version} < ${which.before}`;
  await tx.db
    .delete(credential)
    .where(and(owned(tx, credential), eq(credential.connectionId, which.connectionId), eq(credential.field, which.field), older));
}

/** The public half of the installation's key, newest first; null before the engine has booted once. */
export async function findSealingKey(tx: Tx): Promise<{ id: string; publicKey: string } | null> {
  const [row] = await tx.db
    .select({ id: sealingKey.id, publicKey: sealingKey.publicKey })
    .from(sealingKey)
    .orderBy(sql`${sealingKey.createdAt} desc`)
    .limit(1);
  return row ?? null;
}

import { and, asc, eq, ilike, inArray, max, sql } from 'drizzle-orm';
import type { SQL } from 'drizzle-orm';
import { connection, connectionHealth, credential, laneEntry, retailer, sealingKey } from '#drizzle/schema/index.ts';
import type { Tx } from '../database.ts';
import { owned } from '../tenancy/owned.ts';
import { readRateLimit } from '#engine/flow/rate-limit.ts';
import type { RateLimit } from '#engine/flow/rate-limit.ts';
import type { AuthConfig, AuthKind, ConnectionView, FoundConnection } from '../views/connection.ts';
import { namesOf } from './people.ts';
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
  concurrency: connection.concurrency,
  rateLimit: connection.rateLimit,
  drainPerSecond: connection.drainPerSecond,
  healthState: connectionHealth.state,
  reasonCode: connectionHealth.reasonCode,
  note: connectionHealth.note,
  failures: connectionHealth.failures,
  openedAt: connectionHealth.openedAt,
  probeAt: connectionHealth.probeAt,
  drainingSince: connectionHealth.drainingSince,
  changedBy: connectionHealth.changedBy,
  changedAt: connectionHealth.updatedAt,
  waiting: scalar<number>(sql`select count(*)::int from (select 1 from ${laneEntry} where ${laneEntry.waitingRef} = ${connection.id}::text limit 1000) counted`),
};

const MOST_FOUND = 8;

/** By a part of the name, over all retailers in scope. */
export async function findConnectionsByName(tx: Tx, search: string): Promise<FoundConnection[]> {
  const like = `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  return tx.db
    .select({ id: connection.id, name: connection.name, retailerId: connection.retailerId, retailerName: retailer.name })
    .from(connection)
    .innerJoin(retailer, eq(retailer.id, connection.retailerId))
    .where(and(owned(tx, connection), ilike(connection.name, like)))
    .orderBy(asc(connection.name), asc(retailer.name))
    .limit(MOST_FOUND);
}

type Row = Awaited<ReturnType<typeof selectConnections>>[number];

function selectConnections(tx: Tx, which: SQL) {
  return tx.db
    .select(fields)
    .from(connection)
    .leftJoin(connectionHealth, eq(connectionHealth.connectionId, connection.id))
    .where(and(owned(tx, connection), which))
    .orderBy(asc(connection.name));
}

async function toViews(tx: Tx, rows: readonly Row[]): Promise<ConnectionView[]> {
  const names = await namesOf(tx, rows.map((row) => row.changedBy));
  return rows.map(({ healthState, reasonCode, note, failures, openedAt, probeAt, drainingSince, changedBy, changedAt, waiting, rateLimit, ...row }) => ({
    ...row,
    updatedAt: row.updatedAt.toISOString(),
    rateLimit: rateLimit === null ? null : readRateLimit(rateLimit),
    health: {
      state: healthState ?? 'ok',
      reasonCode,
      note: note ?? '',
      failures: failures ?? 0,
      openedAt: openedAt?.toISOString() ?? null,
      probeAt: probeAt?.toISOString() ?? null,
      drainingSince: drainingSince?.toISOString() ?? null,
      changedByName: changedBy === null ? null : (names.get(changedBy) ?? null),
      changedAt: changedAt?.toISOString() ?? null,
      waiting,
    },
  }));
}

export async function listConnections(tx: Tx, retailerId: string): Promise<ConnectionView[]> {
  return toViews(tx, await selectConnections(tx, eq(connection.retailerId, retailerId)));
}

export async function findConnection(tx: Tx, connectionId: string): Promise<ConnectionView | null> {
  const [view] = await toViews(tx, await selectConnections(tx, eq(connection.id, connectionId)));
  return view ?? null;
}

/** Nothing goes to this system until a person resumes. */
export async function pauseConnection(tx: Tx, of: { id: string; retailerId: string; by: string | null; note: string }): Promise<void> {
  const change = { state: 'paused' as const, reasonCode: 'manual', changedBy: of.by, note: of.note, updatedAt: new Date() };
  await tx.db
    .insert(connectionHealth)
    .values({ connectionId: of.id, partnerId: tx.partnerId, retailerId: of.retailerId, ...change })
    .onConflictDoUpdate({ target: connectionHealth.connectionId, set: change });
}

/** Calls go again; what waited is worked off at the rate of draining. Also closes an open breaker. */
export async function resumeConnection(tx: Tx, of: { id: string; by: string | null }): Promise<void> {
  await tx.db
    .update(connectionHealth)
    .set({
      state: 'ok', reasonCode: null, failures: 0, openedAt: null, probeAt: null, probeOwner: null, probeUntil: null, drainingSince: new Date(),
      changedBy: of.by, note: '', updatedAt: new Date(),
    })
    .where(and(owned(tx, connectionHealth), eq(connectionHealth.connectionId, of.id)));
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
  concurrency: number | null;
  rateLimit: RateLimit | null;
  drainPerSecond: number | null;
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

import { and, eq, sql } from 'drizzle-orm';
import { run } from '#drizzle/schema/index.ts';
import type { Tx } from '../database.ts';
import { owned } from '../tenancy/owned.ts';
import type { Reenqueued } from './run.ts';

export interface WriteRow {
  runId: string;
  nodeId: string;
  recordKey: string;
  method: string;
  url: string;
  connectionName: string | null;
  businessKeys: string[];
  appliedAt: Date;
}

/** What other systems have confirmed to these runs, from the ledger. */
export async function confirmedWrites(tx: Tx, runIds: readonly string[]): Promise<WriteRow[]> {
  const rows = await tx.db.execute<{ run_id: string; node_id: string; record_key: string; operation: string; url: string; connection: string | null; business_keys: string[]; applied_at: string }>(sql`
    select w.run_id, w.node_id, w.record_key, w.operation, w.url, c.name as connection, w.business_keys, w.applied_at
    from weft_confirmed_writes(${uuids(runIds)}::uuid[]) w left join connection c on c.id = w.connection_id
    order by w.applied_at`);
  return rows.map((row) => ({
    runId: row.run_id,
    nodeId: row.node_id,
    recordKey: row.record_key,
    method: row.operation,
    url: row.url,
    connectionName: row.connection,
    businessKeys: row.business_keys,
    appliedAt: new Date(row.applied_at),
  }));
}

/** The same, counted by run, node, method and system. */
export async function countConfirmedWrites(tx: Tx, runIds: readonly string[]) {
  if (runIds.length === 0) return [];
  const rows = await tx.db.execute<{ run_id: string; node_id: string; operation: string; connection: string | null; n: number }>(sql`
    select w.run_id, w.node_id, w.operation, c.name as connection, count(*)::int as n
    from weft_confirmed_writes(${uuids(runIds)}::uuid[]) w left join connection c on c.id = w.connection_id
    group by w.run_id, w.node_id, w.operation, c.name`);
  return rows.map((row) => ({ runId: row.run_id, nodeId: row.node_id, method: row.operation, connectionName: row.connection, count: row.n }));
}

export interface NewRun {
  runId: string;
  versionId: string;
  lane: number;
  orderingKey: string | null;
  eventId: string;
  newRunId: string;
  /** Null: the original's. */
  body: string | null;
}

/** The event of a run once more, as a new event and run. @returns null when the run or its event is not there any more. */
export async function rerun(tx: Tx, asked: NewRun): Promise<Reenqueued | null> {
  const rows = await tx.db.execute<{ flow_id: string; retailer_id: string; lane: number; ring: boolean }>(sql`
    select flow_id, retailer_id, lane, ring from weft_rerun(${asked.runId}::uuid, ${asked.versionId}::uuid, ${asked.lane}::integer,
      ${asked.orderingKey}::text, ${asked.eventId}::uuid, ${asked.newRunId}::uuid, ${asked.body}::text, null)`);
  const row = rows[0];
  return row === undefined ? null : { flowId: row.flow_id, retailerId: row.retailer_id, lane: row.lane, ring: row.ring };
}

/** Pins a run to another version of its flow. */
export async function repinRun(tx: Tx, runId: string, version: { id: string; number: number }): Promise<void> {
  await tx.db.update(run).set({ versionId: version.id, versionNumber: version.number }).where(and(owned(tx, run), eq(run.id, runId)));
}

/** Runs that began again from this one, newest first. */
export async function rerunsOf(tx: Tx, runId: string): Promise<{ id: string; state: 'running' | 'waiting' | 'succeeded' | 'failed'; startedAt: string }[]> {
  const rows = await tx.db
    .select({ id: run.id, state: run.state, startedAt: run.startedAt })
    .from(run)
    .where(and(owned(tx, run), eq(run.originRunId, runId)))
    .orderBy(sql`${run.startedAt} desc`)
    .limit(20);
  return rows.map((row) => ({ ...row, startedAt: row.startedAt.toISOString() }));
}

/** A list of ids as one parameter; drizzle would spread an array into many. */
export function uuids(ids: readonly string[]): string {
  return `{${ids.join(',')}}`;
}

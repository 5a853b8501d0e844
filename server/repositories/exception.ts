import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { uuidv7 } from 'uuidv7';
import { exception, exceptionEvent, flow, flowVersion, retailer, run } from '#drizzle/schema/index.ts';
import type { FailureClass } from '#engine/nodes/step.ts';
import type { Tx } from '../database.ts';
import { owned } from '../tenancy/owned.ts';
import type { ExceptionEventKind, ExceptionReason, ExceptionState } from '../views/exception.ts';

export interface ExceptionFilter {
  state: ExceptionState;
  retailerId?: string;
  flowId?: string;
  nodeId?: string;
  class?: FailureClass;
  code?: string;
  cause?: string;
  /** Part of a business key or of the message. */
  search?: string;
  /** A user's id, or null for those nobody looks after. */
  assignedTo?: string | null;
}

/** Ids and numbers differ from record to record; without them the same cause reads the same. */
const causeOf = sql<string>`md5(regexp_replace(left(${exception.message}, 400), '[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+', '#', 'g'))`;

const fields = {
  id: exception.id,
  retailerId: exception.retailerId,
  retailerName: retailer.name,
  flowId: exception.flowId,
  flowName: flow.name,
  runId: exception.runId,
  nodeId: exception.nodeId,
  recordKey: exception.recordKey,
  class: exception.class,
  code: exception.code,
  message: exception.message,
  businessKeys: exception.businessKeys,
  state: exception.state,
  openedAt: exception.openedAt,
  resolvedAt: exception.resolvedAt,
  reason: exception.reason,
  assignedTo: exception.assignedTo,
  versionId: run.versionId,
};

function matching(tx: Tx, filter: ExceptionFilter) {
  const like = filter.search === undefined ? undefined : `%${filter.search.replace(/[\\%_]/g, '\\$&')}%`;
  return and(
    owned(tx, exception),
    eq(exception.state, filter.state),
    filter.retailerId === undefined ? undefined : eq(exception.retailerId, filter.retailerId),
    filter.flowId === undefined ? undefined : eq(exception.flowId, filter.flowId),
    filter.nodeId === undefined ? undefined : eq(exception.nodeId, filter.nodeId),
    filter.class === undefined ? undefined : eq(exception.class, filter.class),
    filter.code === undefined ? undefined : eq(exception.code, filter.code),
    filter.cause === undefined ? undefined : eq(causeOf, filter.cause),
    like === undefined ? undefined : sql`(${exception.message} ilike ${like} or array_to_string(${exception.businessKeys}, ' ') ilike ${like})`,
    filter.assignedTo === undefined ? undefined : filter.assignedTo === null ? isNull(exception.assignedTo) : eq(exception.assignedTo, filter.assignedTo),
  );
}

export type ExceptionRow = Awaited<ReturnType<typeof listExceptions>>[number];

/** One page, newest first, by key. */
export async function listExceptions(tx: Tx, query: { filter: ExceptionFilter; after: { openedAt: Date; id: string } | null; limit: number }) {
  const { after } = query;
  return tx.db
    .select(fields)
    .from(exception)
    .innerJoin(run, eq(run.id, exception.runId))
    .innerJoin(flow, eq(flow.id, exception.flowId))
    .innerJoin(retailer, eq(retailer.id, exception.retailerId))
    .where(and(matching(tx, query.filter), after === null ? undefined : sql`(${exception.openedAt}, ${exception.id}) < (${after.openedAt.toISOString()}::timestamptz, ${after.id}::uuid)`))
    .orderBy(desc(exception.openedAt), desc(exception.id))
    .limit(query.limit);
}

/** Exceptions put together by what caused them, the most frequent first. */
export async function listCauses(tx: Tx, filter: ExceptionFilter, limit: number) {
  const rows = await tx.db
    .select({
      retailerId: exception.retailerId,
      retailerName: retailer.name,
      flowId: exception.flowId,
      flowName: flow.name,
      nodeId: exception.nodeId,
      class: exception.class,
      code: exception.code,
      cause: causeOf,
      count: sql<number>`count(*)::int`,
      oldestAt: sql<string>`min(${exception.openedAt})`,
      newestAt: sql<string>`max(${exception.openedAt})`,
      message: sql<string>`(array_agg(${exception.message} order by ${exception.openedAt} desc))[1]`,
      versionId: sql<string>`(array_agg(${run.versionId} order by ${exception.openedAt} desc))[1]`,
    })
    .from(exception)
    .innerJoin(run, eq(run.id, exception.runId))
    .innerJoin(flow, eq(flow.id, exception.flowId))
    .innerJoin(retailer, eq(retailer.id, exception.retailerId))
    .where(matching(tx, filter))
    .groupBy(exception.retailerId, retailer.name, exception.flowId, flow.name, exception.nodeId, exception.class, exception.code, causeOf)
    .orderBy(sql`count(*) desc`, sql`max(${exception.openedAt}) desc`)
    .limit(limit);
  return rows.map((row) => ({ ...row, oldestAt: new Date(row.oldestAt).toISOString(), newestAt: new Date(row.newestAt).toISOString() }));
}

/** How many are open, at most a little more than anybody would read off a badge. */
export async function countOpen(tx: Tx): Promise<number> {
  const [row] = await tx.db.execute<{ n: number }>(sql`select count(*)::int as n from (select 1 from ${exception} where ${and(owned(tx, exception), eq(exception.state, 'open'))} limit 1000) counted`);
  return row?.n ?? 0;
}

export async function findException(tx: Tx, id: string) {
  const [row] = await tx.db
    .select({ ...fields, dataText: exception.data, runState: run.state, runPages: run.pages, versionNumber: run.versionNumber, versionDoc: flowVersion.doc })
    .from(exception)
    .innerJoin(run, eq(run.id, exception.runId))
    .innerJoin(flowVersion, eq(flowVersion.id, run.versionId))
    .innerJoin(flow, eq(flow.id, exception.flowId))
    .innerJoin(retailer, eq(retailer.id, exception.retailerId))
    .where(and(owned(tx, exception), eq(exception.id, id)));
  return row ?? null;
}

/** Locks these exceptions until the transaction ends. @returns those of them that this scope may see. */
export async function lockExceptions(tx: Tx, ids: readonly string[]) {
  return tx.db
    .select({ id: exception.id, retailerId: exception.retailerId, flowId: exception.flowId, runId: exception.runId, nodeId: exception.nodeId, code: exception.code, state: exception.state })
    .from(exception)
    .where(and(owned(tx, exception), inArray(exception.id, [...ids])))
    .orderBy(asc(exception.id))
    .for('update');
}

/** The failed runs behind these exceptions that can be tried again, oldest first. */
export async function retryableRuns(tx: Tx, ids: readonly string[]): Promise<{ id: string; retailerId: string }[]> {
  if (ids.length === 0) return [];
  const rows = await tx.db
    .selectDistinct({ id: run.id, retailerId: run.retailerId, startedAt: run.startedAt })
    .from(exception)
    .innerJoin(run, eq(run.id, exception.runId))
    .where(and(owned(tx, exception), inArray(exception.id, [...ids]), eq(run.state, 'failed'), eq(run.pages, 0)))
    .orderBy(asc(run.startedAt), asc(run.id));
  return rows.map(({ id, retailerId }) => ({ id, retailerId }));
}

/** Says who acts, to the trigger that writes an exception's history. For the rest of the transaction. */
export async function actAs(tx: Tx, actorId: string): Promise<void> {
  await tx.db.execute(sql`select set_config('weft.actor', ${actorId}, true)`);
}

export async function assignExceptions(tx: Tx, ids: readonly string[], assignedTo: string | null): Promise<void> {
  await tx.db.update(exception).set({ assignedTo }).where(and(owned(tx, exception), inArray(exception.id, [...ids])));
}

export async function resolveExceptions(tx: Tx, ids: readonly string[], how: { reason: ExceptionReason; by: string }): Promise<void> {
  await tx.db
    .update(exception)
    .set({ state: 'resolved', reason: how.reason, resolvedBy: how.by, resolvedAt: new Date() })
    .where(and(owned(tx, exception), inArray(exception.id, [...ids]), eq(exception.state, 'open')));
}

export async function reopenException(tx: Tx, id: string): Promise<void> {
  await tx.db.update(exception).set({ state: 'open', reason: null, resolvedBy: null, resolvedAt: null }).where(and(owned(tx, exception), eq(exception.id, id)));
}

/** Replaces the record; every further attempt of its run takes the new one at that step. */
export async function editException(tx: Tx, id: string, dataText: string): Promise<void> {
  await tx.db.update(exception).set({ data: dataText, edited: true }).where(and(owned(tx, exception), eq(exception.id, id)));
}

export async function insertExceptionEvents(
  tx: Tx,
  rows: readonly { exceptionId: string; retailerId: string; kind: ExceptionEventKind; actor: string; detail?: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.db.insert(exceptionEvent).values(rows.map((row) => ({ id: uuidv7(), partnerId: tx.partnerId, detail: '', ...row })));
}

export async function listExceptionEvents(tx: Tx, exceptionId: string) {
  return tx.db
    .select({ id: exceptionEvent.id, at: exceptionEvent.at, actor: exceptionEvent.actor, kind: exceptionEvent.kind, detail: exceptionEvent.detail })
    .from(exceptionEvent)
    .where(and(owned(tx, exceptionEvent), eq(exceptionEvent.exceptionId, exceptionId)))
    .orderBy(asc(exceptionEvent.at), asc(exceptionEvent.id));
}

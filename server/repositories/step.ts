import { and, asc, eq, sql } from 'drizzle-orm';
import { exception, exceptionEvent, exchange, payload, step } from '#drizzle/schema/index.ts';
import type { Tx } from '../database.ts';
import { owned } from '../tenancy/owned.ts';
import type { ExceptionView, RunStepView } from '../views/run.ts';

/** All steps of all attempts of a run, in the order they began. */
export async function listSteps(tx: Tx, runId: string): Promise<RunStepView[]> {
  const rows = await tx.db
    .select({
      nodeId: step.nodeId,
      attempt: step.attempt,
      state: step.state,
      recordsIn: step.recordsIn,
      recordsOut: step.recordsOut,
      outputs: step.outputs,
      recordsFailed: step.recordsFailed,
      startedAt: step.startedAt,
      durationMs: step.durationMs,
      logs: step.logs,
    })
    .from(step)
    .where(and(owned(tx, step), eq(step.runId, runId)))
    .orderBy(asc(step.attempt), asc(step.startedAt));
  return rows.map((row) => ({ ...row, startedAt: row.startedAt.toISOString(), logs: row.logs === null || row.logs === '' ? [] : row.logs.split('\n') }));
}

export async function listExceptions(tx: Tx, runId: string): Promise<ExceptionView[]> {
  const rows = await tx.db
    .select({
      id: exception.id,
      nodeId: exception.nodeId,
      recordKey: exception.recordKey,
      class: exception.class,
      code: exception.code,
      message: exception.message,
      dataText: exception.data,
      openedAt: exception.openedAt,
      state: exception.state,
    })
    .from(exception)
    .where(and(owned(tx, exception), eq(exception.runId, runId)))
    .orderBy(asc(exception.openedAt), asc(exception.id));
  return rows.map((row) => ({ ...row, openedAt: row.openedAt.toISOString() }));
}

/** @returns payload text (`{port:[{key,data?}]}`) by node, of one attempt. */
export async function payloadsOf(tx: Tx, runId: string, attempt: number): Promise<Map<string, string>> {
  const rows = await tx.db
    .select({ nodeId: payload.nodeId, body: payload.body })
    .from(payload)
    .where(and(owned(tx, payload), eq(payload.runId, runId), eq(payload.attempt, attempt)));
  return new Map(rows.map((row) => [row.nodeId, row.body]));
}

/** @returns records per output port by node, of one attempt. */
export async function outputCountsOf(tx: Tx, runId: string, attempt: number): Promise<Map<string, Record<string, number>>> {
  const rows = await tx.db
    .select({ nodeId: step.nodeId, outputs: step.outputs })
    .from(step)
    .where(and(owned(tx, step), eq(step.runId, runId), eq(step.attempt, attempt)));
  return new Map(rows.map((row) => [row.nodeId, row.outputs]));
}

/**
 * Records that were corrected before the step of this attempt began. The data of a correction that was itself corrected later is not
 * kept: null.
 */
export async function correctionsOf(tx: Tx, runId: string, attempt: number): Promise<{ nodeId: string; recordKey: string; dataText: string | null }[]> {
  return tx.db
    .select({
      nodeId: exception.nodeId,
      recordKey: exception.recordKey,
      dataText: sql<string | null>`CASE WHEN max(${exceptionEvent.at}) <= ${step.startedAt} THEN ${exception.data} END`,
    })
    .from(exception)
    .innerJoin(step, and(owned(tx, step), eq(step.runId, exception.runId), eq(step.nodeId, exception.nodeId), eq(step.attempt, attempt)))
    .innerJoin(exceptionEvent, and(owned(tx, exceptionEvent), eq(exceptionEvent.exceptionId, exception.id), eq(exceptionEvent.kind, 'edited')))
    .where(and(owned(tx, exception), eq(exception.runId, runId), eq(exception.edited, true)))
    .groupBy(exception.id, exception.nodeId, exception.recordKey, exception.data, step.startedAt)
    .having(sql`min(${exceptionEvent.at}) <= ${step.startedAt}`);
}

export type ExchangeRow = Awaited<ReturnType<typeof exchangesOf>>[number];

/** The calls one step made in one attempt, oldest first. */
export async function exchangesOf(tx: Tx, at: { runId: string; nodeId: string; attempt: number }) {
  return tx.db
    .select({
      id: exchange.id,
      recordKey: exchange.recordKey,
      method: exchange.method,
      url: exchange.url,
      requestHeaders: exchange.requestHeaders,
      requestBody: exchange.requestBody,
      status: exchange.status,
      responseHeaders: exchange.responseHeaders,
      responseBody: exchange.responseBody,
      failureClass: exchange.failureClass,
      durationMs: exchange.durationMs,
      startedAt: exchange.startedAt,
    })
    .from(exchange)
    .where(and(owned(tx, exchange), eq(exchange.runId, at.runId), eq(exchange.nodeId, at.nodeId), eq(exchange.attempt, at.attempt)))
    .orderBy(asc(exchange.startedAt), asc(exchange.id));
}

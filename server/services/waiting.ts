import { AppError } from '../errors/app-error.ts';
import { findEvent } from '../repositories/event.ts';
import { findRun } from '../repositories/run.ts';
import { waitingEvents } from '../repositories/waiting.ts';
import type { WaitingRow } from '../repositories/waiting.ts';
import type { Scope } from '../tenancy/scope.ts';
import type { WaitingCode, WaitingView } from '../views/waiting.ts';
import { requireFlow } from './flow.ts';

/** Why an event, or the one behind a run, is not finished; null when it is. */
export function whyWaiting(scope: Scope, asked: { runId?: string; eventId?: string }): Promise<WaitingView | null> {
  return scope.read(async (tx) => {
    const run = asked.runId === undefined ? undefined : await findRun(tx, asked.runId);
    if (run === null) throw new AppError('not_found', { reason: 'run' });
    const event = asked.eventId === undefined ? undefined : await findEvent(tx, asked.eventId);
    if (event === null) throw new AppError('not_found', { reason: 'event' });
    const named = event ?? (run === undefined ? undefined : { flowId: run.flowId, id: run.eventId });
    const [row] = named === undefined ? [] : await waitingEvents(tx, { flowId: named.flowId, eventId: named.id, limit: 1 });
    return row === undefined ? null : forEyes(scope, toView(row));
  });
}

/** All events of a flow that were accepted and are not finished, oldest first, each with its reason. */
export function listWaiting(scope: Scope, input: { flowId: string; limit: number }): Promise<WaitingView[]> {
  return scope.read(async (tx) => {
    await requireFlow(tx, input.flowId);
    return (await waitingEvents(tx, input)).map(toView);
  });
}

/** Names of connections and the staff's words about them are the staff's. */
function forEyes(scope: Scope, view: WaitingView): WaitingView {
  return scope.actor.permissions.includes('connection:view') ? view : { ...view, note: null, ref: view.ref?.kind === 'run' ? view.ref : null };
}

/** Reasons the engine writes down by name; every other code is that of a failure. */
const ownCodes: readonly WaitingCode[] = ['wait', 'approval', 'coalesce', 'flow_call', 'rate_budget', 'concurrency', 'breaker_open', 'connection_paused'];

function toView(row: WaitingRow): WaitingView {
  const base = {
    eventId: row.eventId, runId: row.runId, runState: row.runState, receivedAt: row.receivedAt, orderingKey: row.orderingKey,
    businessKeys: row.businessKeys, attempt: row.attempt, position: row.position,
  };
  return { ...base, failureCode: null, ref: null, note: null, cap: null, since: row.receivedAt, until: null, ...reasonOf(row) };
}

/** The nearest reason: what holds up the flow, then what holds up the key, then the event itself, then the workers. */
function reasonOf(row: WaitingRow): Pick<WaitingView, 'code'> & Partial<WaitingView> {
  if (!row.hasVersion && row.runId === null) return { code: 'no_version' };
  if (row.held !== null) return { code: 'flow_held', note: row.held.reason, since: row.held.at ?? row.receivedAt };
  if (row.first !== null) {
    const { runId, eventId } = row.first;
    return { code: 'ordering', ref: runId === null ? { kind: 'event', id: eventId, name: null } : { kind: 'run', id: runId, name: null } };
  }
  if (row.waitingCode !== null && !row.due) return ownReason(row, row.waitingCode);
  if (!row.due) return { code: 'retry', until: row.dueAt, since: row.updatedAt ?? row.receivedAt };
  if (row.runState === 'running' && row.leased) return { code: 'running', since: row.updatedAt ?? row.receivedAt };
  if (row.drain !== null && row.receivedAt < row.drain.since) return { code: 'draining', since: row.drain.since };
  if (row.flow.cap !== null && row.flow.running >= row.flow.cap) return { code: 'flow_full', cap: row.flow.cap };
  if (row.retailer.cap !== null && row.retailer.running >= row.retailer.cap) return { code: 'retailer_full', cap: row.retailer.cap };
  if (row.leased && row.position > 0) return { code: 'queue' };
  return { code: row.leased ? 'queue' : 'no_worker' };
}

function ownReason(row: WaitingRow, code: string): Pick<WaitingView, 'code'> & Partial<WaitingView> {
  const since = row.updatedAt ?? row.receivedAt;
  const known = ownCodes.find((candidate) => candidate === code);
  const ref = refOf(row);
  const until = code === 'connection_paused' ? null : (row.connection?.probeAt ?? row.dueAt);
  return known === undefined ? { code: 'retry', failureCode: code, ref, since, until: row.dueAt } : { code: known, ref, note: row.connection?.note ?? null, since, until };
}

function refOf(row: WaitingRow): WaitingView['ref'] {
  if (row.approvalId !== null) return { kind: 'approval', id: row.approvalId, name: null };
  return row.connection === null || row.waitingRef === null ? null : { kind: 'connection', id: row.waitingRef, name: row.connection.name };
}

import { AppError } from '../errors/app-error.ts';
import { findEventAt } from '../repositories/event.ts';
import { rerunsOf } from '../repositories/rerun.ts';
import * as runs from '../repositories/run.ts';
import type { RunPosition } from '../repositories/run.ts';
import { listExceptions, listSteps } from '../repositories/step.ts';
import type { Scope } from '../tenancy/scope.ts';
import type { RunListItem, RunPage, RunState, RunView } from '../views/run.ts';
import { requireFlow } from './flow.ts';
import { documentFor } from './graph-only.ts';
import { requireRetailer } from './retailer.ts';

export interface RunQuery {
  retailerId?: string;
  flowId?: string;
  state?: RunState;
  from?: string;
  to?: string;
  search?: string;
  cursor?: string | null;
  limit: number;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function listRuns(scope: Scope, query: RunQuery): Promise<RunPage> {
  return scope.read(async (tx) => {
    if (query.retailerId !== undefined) await requireRetailer(tx, query.retailerId);
    if (query.flowId !== undefined) await requireFlow(tx, query.flowId);
    const search = query.search === undefined || query.search === '' ? {} : uuid.test(query.search) ? { id: query.search } : { key: query.search };
    const found = await runs.listRuns(tx, {
      retailerId: query.retailerId,
      flowId: query.flowId,
      state: query.state,
      from: query.from === undefined ? undefined : new Date(query.from),
      to: query.to === undefined ? undefined : new Date(query.to),
      ...search,
      after: query.cursor ? readCursor(query.cursor) : null,
      // One more than asked for says whether there is a next page.
      limit: query.limit + 1,
    });
    const items = found.slice(0, query.limit);
    const last = items.at(-1);
    return { items, nextCursor: found.length > query.limit && last !== undefined ? writeCursor(last) : null };
  });
}

export function getRun(scope: Scope, runId: string): Promise<RunView> {
  return scope.read(async (tx) => {
    const run = await runs.findRun(tx, runId);
    if (run === null) throw new AppError('not_found', { reason: 'run' });
    const { versionId: _versionId, eventId, eventReceivedAt, triggerNodeId: _triggerNodeId, docText, ...item } = run;
    const steps = await listSteps(tx, runId);
    const event = await findEventAt(tx, { eventId, receivedAt: eventReceivedAt });
    return {
      ...item,
      docText: documentFor(scope, docText),
      steps,
      exceptions: await listExceptions(tx, runId),
      attempts: [...new Set(steps.map((step) => step.attempt))].sort((a, b) => a - b),
      event: { id: eventId, receivedAt: eventReceivedAt.toISOString(), deliveryId: event?.deliveryId ?? null },
      reruns: await rerunsOf(tx, runId),
    };
  });
}

function writeCursor(last: RunListItem): string {
  return Buffer.from(`${last.startedAt} ${last.id}`).toString('base64url');
}

function readCursor(cursor: string): RunPosition {
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  const startedAt = new Date(at);
  if (Number.isNaN(startedAt.getTime()) || !uuid.test(id)) throw new AppError('invalid', { reason: 'cursor' });
  return { startedAt, id };
}

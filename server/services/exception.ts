import type { Tx } from '../database.ts';
import { AppError } from '../errors/app-error.ts';
import * as exceptions from '../repositories/exception.ts';
import type { ExceptionFilter, ExceptionRow } from '../repositories/exception.ts';
import { namesOf } from '../repositories/people.ts';
import type { Scope } from '../tenancy/scope.ts';
import type { ExceptionCause, ExceptionDetail, ExceptionListItem, ExceptionPage, ExceptionReason } from '../views/exception.ts';
import { requireFlow, nameIn } from './flow.ts';
import { labelsOf, nodeLabels } from './node-labels.ts';
import { requireRetailer } from './retailer.ts';

export interface ExceptionQuery extends Omit<ExceptionFilter, 'assignedTo'> {
  assigned?: 'me' | 'nobody';
}

const mostCauses = 200;

/** Records that need a person, newest first. Whoever may not handle them sees the open ones only. */
export function listExceptions(scope: Scope, query: ExceptionQuery & { cursor?: string | null; limit: number }): Promise<ExceptionPage> {
  return scope.read(async (tx) => {
    const filter = await readFilter(scope, tx, query);
    const found = await exceptions.listExceptions(tx, { filter, after: query.cursor ? readCursor(query.cursor) : null, limit: query.limit + 1 });
    const page = found.slice(0, query.limit);
    const last = page.at(-1);
    return { items: await toItems(tx, page), nextCursor: found.length > query.limit && last !== undefined ? writeCursor(last) : null };
  });
}

/** The same exceptions put together by cause: one mistake of a mapping is one line, however many records it hit. */
export function listCauses(scope: Scope, query: ExceptionQuery): Promise<ExceptionCause[]> {
  return scope.read(async (tx) => {
    const causes = await exceptions.listCauses(tx, await readFilter(scope, tx, query), mostCauses);
    const labelOf = await nodeLabels(tx, causes.map((cause) => cause.versionId));
    return causes.map(({ versionId, ...cause }) => ({ ...cause, nodeLabel: labelOf(versionId, cause.nodeId) }));
  });
}

export function countOpenExceptions(scope: Scope): Promise<{ open: number }> {
  return scope.read(async (tx) => ({ open: await exceptions.countOpen(tx) }));
}

export function getException(scope: Scope, exceptionId: string): Promise<ExceptionDetail> {
  return scope.read(async (tx) => {
    const row = await exceptions.findException(tx, exceptionId);
    if (row === null) throw new AppError('not_found', { reason: 'exception' });
    const { dataText, runState, runPages, versionNumber, versionDoc, ...item } = row;
    const events = await exceptions.listExceptionEvents(tx, exceptionId);
    const names = await namesOf(tx, [item.assignedTo, ...events.flatMap((event) => [uuidOrNull(event.actor), event.kind === 'assigned' ? uuidOrNull(event.detail) : null])]);
    return {
      ...toItem(item, { label: labelsOf(versionDoc).get(item.nodeId) ?? item.nodeId, names }),
      dataText,
      runState,
      versionNumber,
      retryable: item.state === 'open' && runState === 'failed' && runPages === 0,
      history: events.map((event) => ({
        id: event.id,
        at: event.at.toISOString(),
        actorName: nameIn(names, uuidOrNull(event.actor)),
        byEngine: event.actor === 'engine',
        kind: event.kind,
        detail: event.kind === 'assigned' ? (nameIn(names, uuidOrNull(event.detail)) ?? '') : event.detail,
      })),
    };
  });
}

/** Puts exceptions on the desk of whoever asks, or back on nobody's. */
export function assignExceptions(scope: Scope, input: { exceptionIds: string[]; to: 'me' | 'nobody' }): Promise<{ count: number }> {
  return scope.write(async (tx) => {
    const rows = await requireExceptions(tx, input.exceptionIds);
    await exceptions.actAs(tx, scope.actor.id);
    // An API key is nobody's desk.
    if (input.to === 'me' && scope.actor.kind !== 'user') throw new AppError('invalid', { reason: 'not_a_person' });
    await exceptions.assignExceptions(tx, rows.map((row) => row.id), input.to === 'me' ? scope.actor.id : null);
    return { count: rows.length };
  });
}

export function noteException(scope: Scope, input: { exceptionId: string; text: string }): Promise<{ id: string }> {
  return scope.write(async (tx) => {
    const [row] = await requireExceptions(tx, [input.exceptionId]);
    if (row !== undefined) await exceptions.insertExceptionEvents(tx, [{ exceptionId: row.id, retailerId: row.retailerId, kind: 'noted', actor: scope.actor.id, detail: input.text }]);
    return { id: input.exceptionId };
  });
}

/** Closes exceptions without another attempt: a person says the record needs nothing more from here. */
export function resolveExceptions(scope: Scope, input: { exceptionIds: string[]; reason: ExceptionReason; note?: string }): Promise<{ count: number }> {
  return scope.write(async (tx) => {
    const rows = await requireExceptions(tx, input.exceptionIds);
    await exceptions.actAs(tx, scope.actor.id);
    const note = input.note ?? '';
    if (note !== '') await exceptions.insertExceptionEvents(tx, rows.map((row) => ({ exceptionId: row.id, retailerId: row.retailerId, kind: 'noted', actor: scope.actor.id, detail: note })));
    await exceptions.resolveExceptions(tx, rows.map((row) => row.id), { reason: input.reason, by: scope.actor.id });
    return { count: rows.filter((row) => row.state === 'open').length };
  });
}

export function reopenException(scope: Scope, exceptionId: string): Promise<{ id: string }> {
  return scope.write(async (tx) => {
    await requireExceptions(tx, [exceptionId]);
    await exceptions.actAs(tx, scope.actor.id);
    await exceptions.reopenException(tx, exceptionId);
    return { id: exceptionId };
  });
}

/** @throws AppError `not_found` when one of them is not there, or is somebody else's */
export async function requireExceptions(tx: Tx, ids: readonly string[]) {
  const wanted = [...new Set(ids)];
  const rows = await exceptions.lockExceptions(tx, wanted);
  if (rows.length < wanted.length) throw new AppError('not_found', { reason: 'exception' });
  return rows;
}

/** The filter as the repository takes it; a retailer or flow that is named must be there. */
export async function readFilter(scope: Scope, tx: Tx, query: ExceptionQuery): Promise<ExceptionFilter> {
  if (query.retailerId !== undefined) await requireRetailer(tx, query.retailerId);
  if (query.flowId !== undefined) await requireFlow(tx, query.flowId);
  const { assigned, search, ...rest } = query;
  return {
    ...rest,
    state: scope.actor.permissions.includes('exception:handle') ? query.state : 'open',
    ...(search === undefined || search === '' ? {} : { search }),
    ...(assigned === undefined ? {} : { assignedTo: assigned === 'me' ? scope.actor.id : null }),
  };
}

async function toItems(tx: Tx, rows: readonly ExceptionRow[]): Promise<ExceptionListItem[]> {
  const labelOf = await nodeLabels(tx, rows.map((row) => row.versionId));
  const names = await namesOf(tx, rows.map((row) => row.assignedTo));
  return rows.map((row) => toItem(row, { label: labelOf(row.versionId, row.nodeId), names }));
}

function toItem({ versionId: _versionId, ...row }: ExceptionRow, of: { label: string; names: Map<string, string> }): ExceptionListItem {
  return {
    ...row,
    nodeLabel: of.label,
    openedAt: row.openedAt.toISOString(),
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
    assignedToName: nameIn(of.names, row.assignedTo),
  };
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function uuidOrNull(text: string): string | null {
  return uuid.test(text) ? text : null;
}

function writeCursor(last: ExceptionRow): string {
  return Buffer.from(`${last.openedAt.toISOString()} ${last.id}`).toString('base64url');
}

function readCursor(cursor: string): { openedAt: Date; id: string } {
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  const openedAt = new Date(at);
  if (Number.isNaN(openedAt.getTime()) || !uuid.test(id)) throw new AppError('invalid', { reason: 'cursor' });
  return { openedAt, id };
}

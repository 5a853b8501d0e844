import { AppError } from '../errors/app-error.ts';
import * as exceptions from '../repositories/exception.ts';
import type { Scope } from '../tenancy/scope.ts';
import type { RerunStarted } from '../views/rerun.ts';
import { requireExceptions } from './exception.ts';
import { checkBody } from './flow-document.ts';
import { begin as beginReplay } from './replay.ts';
import { begin, load, reenqueue } from './rerun.ts';

/** Runs put back per second when many exceptions are tried again. */
const perSecond = 20;

/**
 * Corrects the record of an exception and tries its run again. Where the record met a step, that step gets the corrected one
 * instead; where the event itself was not readable, a new run begins on the corrected event, and the exception is closed.
 * @throws AppError `conflict` when it is closed, its run has not ended as failed, or the run worked through pages
 */
export function editAndRetry(scope: Scope, input: { exceptionId: string; dataText: string }): Promise<RerunStarted> {
  checkBody(input.dataText);
  return scope.write(async (tx) => {
    const [exception] = await requireExceptions(tx, [input.exceptionId]);
    if (exception === undefined || exception.state !== 'open') throw new AppError('conflict', { reason: 'not_open' });
    const { run, event } = await load(tx, exception.runId);
    if (run.state !== 'failed') throw new AppError('conflict', { reason: 'under_way' });
    await exceptions.actAs(tx, scope.actor.id);
    const events = (detail: string) => exceptions.insertExceptionEvents(tx, [{ exceptionId: exception.id, retailerId: exception.retailerId, kind: 'retried', actor: scope.actor.id, detail }]);
    if (exception.nodeId === run.triggerNodeId) {
      const begun = await begin(scope, tx, { run, version: { id: run.versionId, number: run.versionNumber, docText: run.docText }, bodyText: event?.body ?? '', replaced: input.dataText });
      await events('');
      await exceptions.resolveExceptions(tx, [exception.id], { reason: 'fixed_elsewhere', by: scope.actor.id });
      return begun;
    }
    if (run.pages > 0) throw new AppError('conflict', { reason: 'paged' });
    await exceptions.editException(tx, exception.id, input.dataText);
    await events('');
    await reenqueue(scope, tx, run.id);
    return { id: run.id };
  });
}

/**
 * Tries the runs of many exceptions again, at a bounded rate. Runs that are under way or worked through pages are left out.
 * @throws AppError `conflict` when none of them can be tried again
 */
export function retryExceptions(scope: Scope, exceptionIds: string[]): Promise<{ replayId: string; total: number }> {
  return scope.write(async (tx) => {
    const rows = await requireExceptions(tx, exceptionIds);
    const runs = await exceptions.retryableRuns(tx, rows.filter((row) => row.state === 'open').map((row) => row.id));
    if (runs.length === 0) throw new AppError('conflict', { reason: 'not_failed' });
    await exceptions.insertExceptionEvents(tx, rows.map((row) => ({ exceptionId: row.id, retailerId: row.retailerId, kind: 'retried', actor: scope.actor.id })));
    const { id, total } = await beginReplay(scope, tx, { runs, mode: 'step', perSecond, note: '', filter: {} });
    return { replayId: id, total };
  });
}

import { uuidv7 } from 'uuidv7';
import { compileFlow } from '#engine/flow/compile.ts';
import { keepsEffects } from '#engine/flow/keeps-effects.ts';
import { parseJson } from '#engine/flow/json.ts';
import type { Tx } from '../database.ts';
import { AppError } from '../errors/app-error.ts';
import { findEventAt } from '../repositories/event.ts';
import type { EventRow } from '../repositories/event.ts';
import { findLive } from '../repositories/flow-version.ts';
import * as reruns from '../repositories/rerun.ts';
import type { WriteRow } from '../repositories/rerun.ts';
import * as runs from '../repositories/run.ts';
import type { RunRow } from '../repositories/run.ts';
import type { Scope } from '../tenancy/scope.ts';
import type { RerunMode, RerunPreview, RerunRefusal, RerunStarted } from '../views/rerun.ts';
import { checkBody, readDocument } from './flow-document.ts';
import { placeInLane } from './lane.ts';
import { labelsOf } from './node-labels.ts';

interface Version {
  id: string;
  number: number;
  docText: string;
}

/** How a run would run again. */
interface Plan {
  refusal: RerunRefusal | null;
  version: Version | null;
  /** The same run goes on, with what it has confirmed. */
  sameRun: boolean;
}

const listed = 100;

/** What running again would mean, before it is done: on which version, and which confirmed writes it would repeat. */
export function previewRerun(scope: Scope, input: { runId: string; mode: RerunMode }): Promise<RerunPreview> {
  return scope.read(async (tx) => {
    const { run, event } = await load(tx, input.runId);
    const writes = await reruns.confirmedWrites(tx, [run.id]);
    const plan = await planRerun(tx, { run, event, writes, mode: input.mode });
    const labels = labelsOf(run.docText);
    const repeats = plan.sameRun ? [] : writes;
    return {
      mode: input.mode,
      refusal: plan.refusal,
      versionNumber: plan.version?.number ?? null,
      sameRun: plan.sameRun,
      repeats: repeats.slice(0, listed).map(({ runId: _runId, appliedAt, ...write }) => ({ ...write, nodeLabel: labels.get(write.nodeId) ?? write.nodeId, at: appliedAt.toISOString() })),
      repeatsTotal: repeats.length,
      keptTotal: plan.sameRun ? writes.length : 0,
    };
  });
}

/**
 * Runs a run again. A further attempt of the same run repeats nothing that was confirmed; a new one repeats everything.
 * @throws AppError `conflict` with the refusal as reason, also for the second of two clicks
 */
export function retryRun(scope: Scope, input: { runId: string; mode: RerunMode }): Promise<RerunStarted> {
  return scope.write(async (tx) => {
    const { run, event } = await load(tx, input.runId);
    const writes = input.mode === 'newest' ? await reruns.confirmedWrites(tx, [run.id]) : [];
    const plan = await planRerun(tx, { run, event, writes, mode: input.mode });
    if (plan.refusal !== null || plan.version === null) throw new AppError('conflict', { reason: plan.refusal ?? 'not_live' });
    if (!plan.sameRun) return begin(scope, tx, { run, version: plan.version, bodyText: event?.body ?? '', replaced: null });
    if (plan.version.id !== run.versionId) await reruns.repinRun(tx, run.id, plan.version);
    await reenqueue(scope, tx, run.id);
    return { id: run.id };
  });
}

/** Puts a failed run back into its lane and rings. @throws AppError `conflict` when it is not failed (any more) */
export async function reenqueue(scope: Scope, tx: Tx, runId: string): Promise<void> {
  const again = await runs.reenqueueRun(tx, runId);
  if (again === null) throw new AppError('conflict', { reason: 'not_failed' });
  if (again.ring) await scope.runtime.doorbells.ringLane(tx, again);
}

/** Begins a new run on a version, on the original's body or on one that replaces it. */
export async function begin(scope: Scope, tx: Tx, asked: { run: RunRow; version: Version; bodyText: string; replaced: string | null }): Promise<RerunStarted> {
  const { run, version } = asked;
  const body = asked.replaced ?? asked.bodyText;
  const data = asked.replaced === null ? parseOrNull(body) : checkBody(body);
  const place = placeInLane(readDocument(version.docText).settings, data);
  const newRunId = uuidv7();
  const begun = await reruns.rerun(tx, {
    runId: run.id, versionId: version.id, lane: place.lane, orderingKey: place.orderingKey, eventId: uuidv7(), newRunId, body: asked.replaced,
  });
  if (begun === null) throw new AppError('conflict', { reason: 'event_gone' });
  if (begun.ring) await scope.runtime.doorbells.ringLane(tx, begun);
  scope.note({ newRunId });
  return { id: newRunId };
}

/** The run and, unless its day is gone, its event. */
export async function load(tx: Tx, runId: string): Promise<{ run: RunRow; event: EventRow | null }> {
  const run = await runs.findRun(tx, runId);
  if (run === null) throw new AppError('not_found', { reason: 'run' });
  return { run, event: await findEventAt(tx, { eventId: run.eventId, receivedAt: run.eventReceivedAt }) };
}

async function planRerun(tx: Tx, asked: { run: RunRow; event: EventRow | null; writes: WriteRow[]; mode: RerunMode }): Promise<Plan> {
  const { run, mode } = asked;
  const pinned = { id: run.versionId, number: run.versionNumber, docText: run.docText };
  const refuse = (refusal: RerunRefusal): Plan => ({ refusal, version: mode === 'newest' ? null : pinned, sameRun: mode === 'step' });
  if (run.state === 'running' || run.state === 'waiting') return refuse('under_way');
  if (asked.event === null) return refuse('event_gone');
  if (mode === 'step') {
    if (run.state !== 'failed') return refuse('not_failed');
    return run.pages > 0 ? refuse('paged') : { refusal: null, version: pinned, sameRun: true };
  }
  if (mode === 'start') return { refusal: null, version: pinned, sameRun: false };
  const live = await findLive(tx, run.flowId);
  if (live === null) return refuse('not_live');
  const version = { id: live.versionId, number: live.number, docText: live.docText };
  if (!readDocument(live.docText).nodes.some((node) => node.id === run.triggerNodeId)) return { ...refuse('trigger_missing'), version };
  const goesOn = run.state === 'failed' && run.pages === 0 && keepsAll({ before: run.docText, after: live.docText, writes: asked.writes });
  return { refusal: null, version, sameRun: goesOn };
}

/** Whether everything that was confirmed still counts in the other version. */
function keepsAll(of: { before: string; after: string; writes: readonly WriteRow[] }): boolean {
  const [before, after] = [compileFlow(readDocument(of.before)), compileFlow(readDocument(of.after))];
  return [...new Set(of.writes.map((write) => write.nodeId))].every((nodeId) => keepsEffects(before, after, nodeId));
}

function parseOrNull(text: string) {
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}

import { uuidv7 } from 'uuidv7';
import { compileFlow } from '#engine/flow/compile.ts';
import type { FlowPlan } from '#engine/flow/compile.ts';
import { keepsEffects } from '#engine/flow/keeps-effects.ts';
import type { Tx } from '../database.ts';
import { AppError } from '../errors/app-error.ts';
import { findLive, versionDocs } from '../repositories/flow-version.ts';
import { namesOf } from '../repositories/people.ts';
import * as replays from '../repositories/replay.ts';
import type { ReplayRow } from '../repositories/replay.ts';
import { countConfirmedWrites } from '../repositories/rerun.ts';
import type { Scope } from '../tenancy/scope.ts';
import type { ReplayFilter, ReplayPreview, ReplayView } from '../views/replay.ts';
import type { RerunMode } from '../views/rerun.ts';
import { readDocument } from './flow-document.ts';
import { nameIn, requireFlow } from './flow.ts';
import { requireRetailer } from './retailer.ts';

/** One replay takes at most this many runs: what a person can still look over, and a preview can still count. */
export const mostRuns = 10_000;
const shownReplays = 50;

export interface ReplayAsked extends ReplayFilter {
  mode: RerunMode;
  perSecond: number;
}

/** The dry run: how many runs, of which flows, and which confirmed writes would be made again. Changes nothing. */
export function previewReplay(scope: Scope, asked: ReplayAsked): Promise<ReplayPreview> {
  return scope.read(async (tx) => {
    const { runs, capped } = await runsOf(tx, asked);
    const repeated = asked.mode === 'step' ? [] : await repeatedWrites(tx, { runs, mode: asked.mode });
    const flows = new Map<string, ReplayPreview['flows'][number]>();
    for (const { flowId, flowName, retailerName } of runs) {
      const known = flows.get(flowId) ?? { flowId, flowName, retailerName, runs: 0 };
      flows.set(flowId, { ...known, runs: known.runs + 1 });
    }
    const writes = new Map<string, ReplayPreview['writes'][number]>();
    for (const { connectionName, method, count } of repeated) {
      const known = writes.get(`${method} ${connectionName}`) ?? { connectionName, method, count: 0 };
      writes.set(`${method} ${connectionName}`, { ...known, count: known.count + count });
    }
    return {
      mode: asked.mode,
      runs: runs.length,
      capped,
      flows: [...flows.values()].sort((a, b) => b.runs - a.runs),
      writes: [...writes.values()].sort((a, b) => b.count - a.count),
      writesTotal: repeated.reduce((sum, write) => sum + write.count, 0),
      seconds: Math.ceil(runs.length / asked.perSecond),
    };
  });
}

/**
 * Hands the runs to the engine, which runs them again one after the other at the rate that was asked for.
 * @throws AppError `conflict` when no run fits, or more than the reader was shown
 */
export function startReplay(scope: Scope, asked: ReplayAsked & { note: string; expected: number }): Promise<{ id: string; total: number }> {
  return scope.write(async (tx) => {
    const { runs } = await runsOf(tx, asked);
    if (runs.length === 0) throw new AppError('conflict', { reason: 'no_runs' });
    // Runs that failed since the dry run are not in what the person said yes to.
    const agreed = runs.slice(0, asked.expected);
    return begin(scope, tx, { runs: agreed, mode: asked.mode, perSecond: asked.perSecond, note: asked.note, filter: filterOf(asked) });
  });
}

/** Puts a replay of these runs on its way. */
export async function begin(
  scope: Scope,
  tx: Tx,
  asked: { runs: readonly { id: string; retailerId: string }[]; mode: RerunMode; perSecond: number; note: string; filter: ReplayFilter },
): Promise<{ id: string; total: number }> {
  const { runs, ...rest } = asked;
  const id = uuidv7();
  await replays.insertReplay(tx, { id, ...rest, total: runs.length, createdBy: scope.actor.id }, runs);
  scope.note({ replayId: id, runs: runs.length });
  return { id, total: runs.length };
}

export function listReplays(scope: Scope): Promise<ReplayView[]> {
  return scope.read(async (tx) => toViews(tx, await replays.listReplays(tx, shownReplays)));
}

export function getReplay(scope: Scope, replayId: string): Promise<ReplayView> {
  return scope.read(async (tx) => {
    const [view] = await toViews(tx, [await requireReplay(tx, replayId)]);
    if (view === undefined) throw new AppError('not_found', { reason: 'replay' });
    return view;
  });
}

/** Runs that were put back already go on; the rest stays as it is. */
export function cancelReplay(scope: Scope, replayId: string): Promise<{ id: string }> {
  return scope.write(async (tx) => {
    await requireReplay(tx, replayId);
    await replays.cancelReplay(tx, replayId);
    return { id: replayId };
  });
}

async function requireReplay(tx: Tx, replayId: string): Promise<ReplayRow> {
  const row = await replays.findReplay(tx, replayId);
  if (row === null) throw new AppError('not_found', { reason: 'replay' });
  return row;
}

async function toViews(tx: Tx, rows: readonly ReplayRow[]): Promise<ReplayView[]> {
  const names = await namesOf(tx, rows.map((row) => row.createdBy));
  return Promise.all(
    rows.map(async ({ partnerId: _partnerId, createdBy, createdAt, tickedAt: _tickedAt, finishedAt, filter, ...row }) => ({
      ...row,
      ...(await replays.replayOutcomes(tx, row.id)),
      filter,
      createdByName: nameIn(names, createdBy),
      createdAt: createdAt.toISOString(),
      finishedAt: finishedAt?.toISOString() ?? null,
    })),
  );
}

function filterOf({ retailerId, flowId, from, to, state, failureCode, search }: ReplayFilter): ReplayFilter {
  return Object.fromEntries(Object.entries({ retailerId, flowId, from, to, state, failureCode, search }).filter(([, value]) => value !== undefined && value !== ''));
}

type Runs = Awaited<ReturnType<typeof replays.replayableRuns>>;

async function runsOf(tx: Tx, asked: ReplayAsked): Promise<{ runs: Runs; capped: boolean }> {
  const filter = filterOf(asked);
  if (filter.retailerId !== undefined) await requireRetailer(tx, filter.retailerId);
  if (filter.flowId !== undefined) await requireFlow(tx, filter.flowId);
  const found = await replays.replayableRuns(tx, { filter, mode: asked.mode, limit: mostRuns + 1 });
  return { runs: found.slice(0, mostRuns), capped: found.length > mostRuns };
}

/** Confirmed writes that would be made again: all of a new run's; of one that goes on with the newest version, none. */
async function repeatedWrites(tx: Tx, asked: { runs: Runs; mode: RerunMode }) {
  const writes = await countConfirmedWrites(tx, asked.runs.map((run) => run.id));
  if (asked.mode === 'start') return writes;
  const runById = new Map(asked.runs.map((run) => [run.id, run]));
  const keeps = await keeper(tx, asked.runs);
  const broken = new Set(writes.filter(({ runId, nodeId }) => {
    const run = runById.get(runId);
    return run === undefined || run.state !== 'failed' || run.pages > 0 || !keeps(run, nodeId);
  }).map((write) => write.runId));
  return writes.filter((write) => broken.has(write.runId));
}

/** Whether what a node has confirmed still counts in the live version of the run's flow. Each pair of versions is compared once. */
async function keeper(tx: Tx, runs: Runs): Promise<(run: Runs[number], nodeId: string) => boolean> {
  const plans = new Map<string, FlowPlan>();
  for (const { id, docText } of await versionDocs(tx, [...new Set(runs.map((run) => run.versionId))])) plans.set(id, compileFlow(readDocument(docText)));
  const live = new Map<string, FlowPlan | null>();
  for (const flowId of new Set(runs.map((run) => run.flowId))) {
    const row = await findLive(tx, flowId);
    live.set(flowId, row === null ? null : compileFlow(readDocument(row.docText)));
  }
  const known = new Map<string, boolean>();
  return (run, nodeId) => {
    const name = `${run.versionId} ${nodeId}`;
    const [before, after] = [plans.get(run.versionId), live.get(run.flowId)];
    const answer = known.get(name) ?? (before !== undefined && after !== undefined && after !== null && keepsEffects(before, after, nodeId));
    known.set(name, answer);
    return answer;
  };
}

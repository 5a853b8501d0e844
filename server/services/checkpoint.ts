import { stringifyJson } from '#engine/flow/json.ts';
import type { Tx } from '../database.ts';
import { AppError } from '../errors/app-error.ts';
import * as checkpoints from '../repositories/checkpoint.ts';
import type { CheckpointRow } from '../repositories/checkpoint.ts';
import { findLive } from '../repositories/flow-version.ts';
import { namesOf } from '../repositories/people.ts';
import type { Scope } from '../tenancy/scope.ts';
import type { CheckpointView } from '../views/checkpoint.ts';
import { checkBody } from './flow-document.ts';
import { nameIn, requireFlow } from './flow.ts';
import { labelsOf } from './node-labels.ts';

const shownVersions = 100;

/** How far a flow has come: its checkpoints as they stand. */
export function listCheckpoints(scope: Scope, flowId: string): Promise<CheckpointView[]> {
  return scope.read(async (tx) => {
    await requireFlow(tx, flowId);
    return toViews(tx, flowId, await checkpoints.listCheckpoints(tx, flowId));
  });
}

export function checkpointHistory(scope: Scope, input: { flowId: string; name: string }): Promise<CheckpointView[]> {
  return scope.read(async (tx) => {
    await requireFlow(tx, input.flowId);
    return toViews(tx, input.flowId, await checkpoints.checkpointHistory(tx, input, shownVersions));
  });
}

/**
 * Moves a checkpoint by hand: the next reading begins there. Every version stays, so that it can be moved back.
 * @throws AppError `invalid` when the value is not JSON; `not_found` for a name that the flow never used
 */
export function setCheckpoint(scope: Scope, input: { flowId: string; name: string; valueText: string; note: string }): Promise<{ version: number }> {
  const valueText = stringifyJson(checkBody(input.valueText));
  return scope.write(async (tx) => {
    const flow = await requireFlow(tx, input.flowId, { lock: true });
    const [known] = await checkpoints.checkpointHistory(tx, input, 1);
    if (known === undefined) throw new AppError('not_found', { reason: 'checkpoint' });
    const version = await checkpoints.setCheckpoint(tx, { ...input, retailerId: flow.retailerId, valueText, by: scope.actor.id });
    scope.note({ before: known.valueText.slice(0, 300), version });
    return { version };
  });
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

async function toViews(tx: Tx, flowId: string, rows: readonly CheckpointRow[]): Promise<CheckpointView[]> {
  const live = await findLive(tx, flowId);
  const labels = live === null ? new Map<string, string>() : labelsOf(live.docText);
  const names = await namesOf(tx, rows.map((row) => (uuid.test(row.setBy) ? row.setBy : null)));
  return rows.map(({ setBy, setAt, ...row }) => ({
    ...row,
    nodeLabel: labels.get(row.name) ?? null,
    setAt: setAt.toISOString(),
    setByName: nameIn(names, setBy),
    byEngine: setBy === 'engine',
  }));
}

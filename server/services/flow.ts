import { uuidv7 } from 'uuidv7';
import { emptyDocument } from '#engine/flow/document.ts';
import { stringifyJson } from '#engine/flow/json.ts';
import type { Tx } from '../database.ts';
import { AppError } from '../errors/app-error.ts';
import { findDraft, insertDraft } from '../repositories/flow-draft.ts';
import * as flows from '../repositories/flow.ts';
import type { FlowRow } from '../repositories/flow.ts';
import { countVersions, findLive, switchOff } from '../repositories/flow-version.ts';
import { countWaiting } from '../repositories/waiting.ts';
import { namesOf } from '../repositories/people.ts';
import type { Scope } from '../tenancy/scope.ts';
import type { FlowListItem, FlowView } from '../views/flow.ts';
import { endpointsOf, ensureEndpoints } from './endpoints.ts';
import { checkConnections, readDocument } from './flow-document.ts';
import { documentFor } from './graph-only.ts';
import { requireRetailer } from './retailer.ts';

export function listFlows(scope: Scope, retailerId?: string): Promise<FlowListItem[]> {
  return scope.read(async (tx) => {
    if (retailerId !== undefined) await requireRetailer(tx, retailerId);
    return flows.listFlows(tx, retailerId);
  });
}

export function getFlow(scope: Scope, flowId: string): Promise<FlowView> {
  return scope.read(async (tx) => {
    const flow = await requireFlow(tx, flowId);
    const draft = await findDraft(tx, flowId);
    if (draft === null) throw new AppError('not_found', { reason: 'flow' });
    const live = await findLive(tx, flowId);
    const mayEdit = scope.actor.permissions.includes('flow:edit');
    const names = await namesOf(tx, [draft.updatedBy]);
    return {
      ...flow,
      draft: {
        docText: documentFor(scope, draft.docText),
        revision: draft.revision,
        updatedAt: draft.updatedAt.toISOString(),
        updatedByName: nameIn(names, draft.updatedBy),
      },
      live: live === null ? null : { versionId: live.versionId, number: live.number, active: live.active, held: live.held, heldReason: live.heldReason, heldAt: live.heldAt?.toISOString() ?? null, drainPerSecond: live.drainPerSecond },
      waiting: await countWaiting(tx, flowId),
      // An endpoint's address is its key.
      endpoints: mayEdit ? await endpointsOf(tx, flowId, { doc: readDocument(draft.docText), ingressUrl: scope.runtime.env.ingressUrl }) : [],
      versionsCount: await countVersions(tx, flowId),
    };
  });
}

/** @returns the new flow's id; without a document it begins empty. */
export async function createFlow(scope: Scope, input: { retailerId: string; name: string; docText?: string }): Promise<{ id: string }> {
  const docText = input.docText ?? stringifyJson(emptyDocument());
  const doc = readDocument(docText);
  const id = uuidv7();
  return scope.write(async (tx) => {
    await requireRetailer(tx, input.retailerId);
    await checkConnections(tx, input.retailerId, doc);
    await flows.insertFlow(tx, { id, retailerId: input.retailerId, name: input.name });
    await insertDraft(tx, { flowId: id, retailerId: input.retailerId, docText, by: scope.actor.id });
    await ensureEndpoints(tx, { id, retailerId: input.retailerId }, { doc, ingressUrl: scope.runtime.env.ingressUrl });
    scope.note({ flowId: id });
    return { id };
  });
}

export function renameFlow(scope: Scope, input: { flowId: string; name: string }): Promise<{ id: string }> {
  return scope.write(async (tx) => {
    await requireFlow(tx, input.flowId);
    await flows.renameFlow(tx, input.flowId, input.name);
    return { id: input.flowId };
  });
}

/** Takes the flow out of sight and off the air; its versions, events and runs stay. */
export function archiveFlow(scope: Scope, flowId: string): Promise<{ id: string }> {
  return scope.write(async (tx) => {
    await requireFlow(tx, flowId, { lock: true });
    await switchOff(tx, flowId, scope.actor.id);
    await flows.archiveFlow(tx, flowId);
    return { id: flowId };
  });
}

/** @throws AppError `not_found`, in the same words for a flow that does not exist and for one of somebody else. */
export async function requireFlow(tx: Tx, flowId: string, options: { lock: boolean } = { lock: false }): Promise<FlowRow> {
  const flow = await flows.findFlow(tx, flowId, options);
  if (flow === null) throw new AppError('not_found', { reason: 'flow' });
  return flow;
}

export function nameIn(names: Map<string, string>, id: string | null): string | null {
  return id === null ? null : (names.get(id) ?? null);
}

import { findDraftRevision } from '../repositories/flow-draft.ts';
import { namesOf } from '../repositories/people.ts';
import * as presence from '../repositories/presence.ts';
import type { Scope } from '../tenancy/scope.ts';
import type { PresenceView } from '../views/presence.ts';
import { requireFlow } from './flow.ts';

export interface BeatInput {
  flowId: string;
  tab: string;
  nodeId: string | null;
  editing: boolean;
  /** Take the node even from somebody who is editing it. */
  take?: boolean;
}

/**
 * One heartbeat of an open designer: says it is there and what it edits, and learns who else is. A node's settings are held by
 * the tab that began to edit them; the lock is soft, for the draft's revision is what keeps edits from being lost.
 */
export function beat(scope: Scope, input: BeatInput): Promise<PresenceView> {
  const { actor } = scope;
  const { flowId, tab, nodeId } = input;
  return scope.write(async (tx) => {
    const flow = await requireFlow(tx, flowId);
    await presence.lockPresence(tx, flowId);
    const rows = await presence.livePresence(tx, flowId);
    const holder = nodeId === null ? undefined : rows.find((row) => row.tab !== tab && row.nodeId === nodeId && row.heldSince !== null);
    const taken = holder !== undefined && input.take === true && nodeId !== null;
    if (taken) await presence.releaseNode(tx, flowId, nodeId);
    const held = input.editing && nodeId !== null && (holder === undefined || taken);
    await presence.recordBeat(tx, { retailerId: flow.retailerId, flowId, tab, userId: actor.id, name: actor.name, nodeId, held });
    const draft = await findDraftRevision(tx, flowId);
    const names = await namesOf(tx, [draft?.updatedBy ?? null]);
    return {
      others: rows
        .filter((row) => row.tab !== tab)
        .map((row) => ({ tab: row.tab, userId: row.userId, name: row.name, self: row.userId === actor.id, nodeId: row.nodeId, editing: row.heldSince !== null && !(taken && row.tab === holder.tab) })),
      held,
      draft: { revision: draft?.revision ?? 0, updatedByName: draft?.updatedBy == null ? null : (names.get(draft.updatedBy) ?? null) },
    };
  });
}

/** A tab was closed: nobody need wait until its beats are missed. */
export function leave(scope: Scope, input: { flowId: string; tab: string }): Promise<{ left: true }> {
  return scope.write(async (tx) => {
    await requireFlow(tx, input.flowId);
    await presence.forgetTab(tx, { ...input, userId: scope.actor.id });
    return { left: true };
  });
}

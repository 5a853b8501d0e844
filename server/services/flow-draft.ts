import type { Tx } from '../database.ts';
import { AppError } from '../errors/app-error.ts';
import { findDraft, replaceDraft } from '../repositories/flow-draft.ts';
import type { FlowRow } from '../repositories/flow.ts';
import { findVersion } from '../repositories/flow-version.ts';
import { namesOf } from '../repositories/people.ts';
import type { Scope } from '../tenancy/scope.ts';
import type { DraftRestored, DraftSaved } from '../views/flow.ts';
import { ensureEndpoints } from './endpoints.ts';
import { checkConnections, readDocument } from './flow-document.ts';
import { nameIn, requireFlow } from './flow.ts';

/**
 * Saves the draft if it is still at `revision`. A draft may be unfinished (problems are only said at publish), but must be
 * readable and name its own retailer's connections.
 * @throws AppError `conflict` with the document that was saved meanwhile.
 */
export async function saveDraft(scope: Scope, input: { flowId: string; revision: number; docText: string }): Promise<DraftSaved> {
  const doc = readDocument(input.docText);
  return scope.write(async (tx) => {
    const flow = await requireFlow(tx, input.flowId);
    await checkConnections(tx, flow.retailerId, doc);
    const saved = await replaceDraft(tx, { ...input, by: scope.actor.id });
    if (saved === null) throw await draftConflict(tx, flow);
    const endpoints = await ensureEndpoints(tx, flow, { doc, ingressUrl: scope.runtime.env.ingressUrl });
    return { revision: saved.revision, savedAt: saved.updatedAt.toISOString(), endpoints };
  });
}

/** Makes a version's content the draft again, as a new revision. The version itself and what is live stay as they are. */
export function restoreDraft(scope: Scope, input: { flowId: string; versionId: string; revision: number }): Promise<DraftRestored> {
  return scope.write(async (tx) => {
    const flow = await requireFlow(tx, input.flowId);
    const version = await findVersion(tx, input.versionId);
    if (version === null || version.flowId !== flow.id) throw new AppError('not_found', { reason: 'version' });
    const saved = await replaceDraft(tx, { flowId: flow.id, revision: input.revision, docText: version.docText, by: scope.actor.id });
    if (saved === null) throw await draftConflict(tx, flow);
    await ensureEndpoints(tx, flow, { doc: readDocument(version.docText), ingressUrl: scope.runtime.env.ingressUrl });
    return { revision: saved.revision, docText: version.docText };
  });
}

/** The error of a stale writer: it carries the current draft, so that both can be shown. */
export async function draftConflict(tx: Tx, flow: FlowRow): Promise<AppError> {
  const current = await findDraft(tx, flow.id);
  if (current === null) return new AppError('not_found', { reason: 'flow' });
  const names = await namesOf(tx, [current.updatedBy]);
  return new AppError('conflict', {
    reason: 'revision',
    revision: current.revision,
    docText: current.docText,
    updatedAt: current.updatedAt.toISOString(),
    updatedByName: nameIn(names, current.updatedBy),
  });
}

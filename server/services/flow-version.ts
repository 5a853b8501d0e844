import { uuidv7 } from 'uuidv7';
import { hashFlow } from '#engine/flow/hash.ts';
import { validateFlow } from '#engine/flow/validate.ts';
import type { FlowDocument } from '#engine/flow/document.ts';
import type { Tx } from '../database.ts';
import { AppError } from '../errors/app-error.ts';
import { findDraft } from '../repositories/flow-draft.ts';
import type { FlowRow } from '../repositories/flow.ts';
import * as versions from '../repositories/flow-version.ts';
import type { VersionRow } from '../repositories/flow-version.ts';
import { namesOf } from '../repositories/people.ts';
import type { Scope } from '../tenancy/scope.ts';
import type { FlowPublished, VersionListItem, VersionView } from '../views/flow.ts';
import { ensureEndpoints } from './endpoints.ts';
import { draftConflict } from './flow-draft.ts';
import { checkScopeFor, readDocument } from './flow-document.ts';
import { nameIn, requireFlow } from './flow.ts';
import { documentFor } from './graph-only.ts';

/**
 * Freezes the draft as the next version: immutable, numbered, hashed. Publishers of one flow queue at its row, so two at
 * once get two numbers, and the second one's revision is checked against what is then the draft.
 * @throws AppError `conflict` (the draft moved on) or `invalid` with `problems`.
 */
export function publishFlow(scope: Scope, input: { flowId: string; revision: number; note?: string; activate: boolean }): Promise<FlowPublished> {
  return scope.write(async (tx) => {
    const flow = await requireFlow(tx, input.flowId, { lock: true });
    const draft = await findDraft(tx, flow.id);
    if (draft === null || draft.revision !== input.revision) throw await draftConflict(tx, flow);
    const doc = readDocument(draft.docText);
    await requirePublishable(scope, tx, { flow, doc });
    const published = { id: uuidv7(), number: await versions.nextVersionNumber(tx, flow.id), hash: await hashFlow(doc) };
    await versions.insertVersion(tx, {
      ...published,
      flowId: flow.id,
      retailerId: flow.retailerId,
      doc: draft.docText,
      note: input.note ?? '',
      publishedBy: scope.actor.id,
    });
    await ensureEndpoints(tx, flow, { doc, ingressUrl: scope.runtime.env.ingressUrl });
    if (input.activate) await versions.setLive(tx, { flowId: flow.id, retailerId: flow.retailerId, versionId: published.id, by: scope.actor.id });
    scope.note({ versionId: published.id, number: published.number, hash: published.hash });
    return { versionId: published.id, number: published.number, hash: published.hash };
  });
}

/** Makes a version the live one and switches the flow on. The gate is asked again: the world may have changed since. */
export function activateVersion(scope: Scope, input: { flowId: string; versionId: string }): Promise<{ id: string }> {
  return scope.write(async (tx) => {
    const flow = await requireFlow(tx, input.flowId, { lock: true });
    const version = await versions.findVersion(tx, input.versionId);
    if (version === null || version.flowId !== flow.id) throw new AppError('not_found', { reason: 'version' });
    await requirePublishable(scope, tx, { flow, doc: readDocument(version.docText) });
    await versions.setLive(tx, { flowId: flow.id, retailerId: flow.retailerId, versionId: version.id, by: scope.actor.id });
    scope.note({ number: version.number });
    return { id: flow.id };
  });
}

/** Events are refused from now on; those already accepted still run. */
export function deactivateFlow(scope: Scope, flowId: string): Promise<{ id: string }> {
  return scope.write(async (tx) => {
    await requireFlow(tx, flowId, { lock: true });
    await versions.switchOff(tx, flowId, scope.actor.id);
    return { id: flowId };
  });
}

/**
 * Takes events in and runs none of them, until somebody resumes: for a vendor's maintenance, or a mistake that is being repaired.
 * @throws AppError `conflict` with reason `not_live`
 */
export function holdFlow(scope: Scope, input: { flowId: string; reason: string }): Promise<{ id: string }> {
  return scope.write(async (tx) => {
    await requireFlow(tx, input.flowId, { lock: true });
    if (!(await versions.holdFlow(tx, input.flowId, input.reason))) throw new AppError('conflict', { reason: 'not_live' });
    return { id: input.flowId };
  });
}

/** Runs what was held, in order, at once or at a stated rate. */
export function resumeFlow(scope: Scope, input: { flowId: string; drainPerSecond: number | null }): Promise<{ id: string }> {
  return scope.write(async (tx) => {
    await requireFlow(tx, input.flowId, { lock: true });
    if (!(await versions.resumeFlow(tx, input.flowId, input.drainPerSecond))) throw new AppError('conflict', { reason: 'not_live' });
    return { id: input.flowId };
  });
}

export function listVersions(scope: Scope, flowId: string): Promise<VersionListItem[]> {
  return scope.read(async (tx) => {
    await requireFlow(tx, flowId);
    const rows = await versions.listVersions(tx, flowId);
    const live = await versions.findLive(tx, flowId);
    const names = await namesOf(tx, rows.map((row) => row.publishedBy));
    return rows.map((row) => toItem(row, { liveId: live?.versionId ?? null, names }));
  });
}

export function getVersion(scope: Scope, versionId: string): Promise<VersionView> {
  return scope.read(async (tx) => {
    const version = await versions.findVersion(tx, versionId);
    if (version === null) throw new AppError('not_found', { reason: 'version' });
    await requireFlow(tx, version.flowId);
    const live = await versions.findLive(tx, version.flowId);
    const names = await namesOf(tx, [version.publishedBy]);
    return {
      ...toItem(version, { liveId: live?.versionId ?? null, names }),
      flowId: version.flowId,
      docText: documentFor(scope, version.docText),
    };
  });
}

async function requirePublishable(scope: Scope, tx: Tx, flow: { flow: FlowRow; doc: FlowDocument }): Promise<void> {
  const problems = validateFlow(flow.doc, await checkScopeFor(tx, flow.flow, scope.actor));
  if (problems.some((problem) => problem.severity === 'error')) throw new AppError('invalid', { reason: 'problems', problems });
  // What is only said must be findable later: who let an open webhook through, for example.
  if (problems.length > 0) scope.note({ warnings: problems.map((problem) => problem.code) });
}

function toItem(row: VersionRow, context: { liveId: string | null; names: Map<string, string> }): VersionListItem {
  return {
    id: row.id,
    number: row.number,
    hash: row.hash,
    note: row.note === '' ? null : row.note,
    publishedAt: row.publishedAt.toISOString(),
    publishedByName: nameIn(context.names, row.publishedBy),
    live: row.id === context.liveId,
  };
}

import { and, eq } from 'drizzle-orm';
import { flowDraft } from '#drizzle/schema/index.ts';
import type { Tx } from '../database.ts';
import { owned } from '../tenancy/owned.ts';

export interface DraftRow {
  docText: string;
  revision: number;
  updatedBy: string | null;
  updatedAt: Date;
}

export async function findDraft(tx: Tx, flowId: string): Promise<DraftRow | null> {
  const [row] = await tx.db
    .select({ docText: flowDraft.doc, revision: flowDraft.revision, updatedBy: flowDraft.updatedBy, updatedAt: flowDraft.updatedAt })
    .from(flowDraft)
    .where(and(owned(tx, flowDraft), eq(flowDraft.flowId, flowId)));
  return row ?? null;
}

/** How far a draft is and who brought it there, without its text. */
export async function findDraftRevision(tx: Tx, flowId: string): Promise<{ revision: number; updatedBy: string | null } | null> {
  const [row] = await tx.db
    .select({ revision: flowDraft.revision, updatedBy: flowDraft.updatedBy })
    .from(flowDraft)
    .where(and(owned(tx, flowDraft), eq(flowDraft.flowId, flowId)));
  return row ?? null;
}

export async function insertDraft(tx: Tx, row: { flowId: string; retailerId: string; docText: string; by: string }): Promise<void> {
  await tx.db
    .insert(flowDraft)
    .values({ flowId: row.flowId, partnerId: tx.partnerId, retailerId: row.retailerId, doc: row.docText, revision: 1, updatedBy: row.by });
}

/** Compare and set. @returns null when the draft is not at `revision` any more. */
export async function replaceDraft(
  tx: Tx,
  change: { flowId: string; revision: number; docText: string; by: string },
): Promise<{ revision: number; updatedAt: Date } | null> {
  const [row] = await tx.db
    .update(flowDraft)
    .set({ doc: change.docText, revision: change.revision + 1, updatedBy: change.by, updatedAt: new Date() })
    .where(and(owned(tx, flowDraft), eq(flowDraft.flowId, change.flowId), eq(flowDraft.revision, change.revision)))
    .returning({ revision: flowDraft.revision, updatedAt: flowDraft.updatedAt });
  return row ?? null;
}

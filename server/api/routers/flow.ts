import { z } from 'zod';
import * as drafts from '../../services/flow-draft.ts';
import * as versions from '../../services/flow-version.ts';
import * as flows from '../../services/flow.ts';
import { docText, id, name, revision } from '../inputs.ts';
import { router, scoped } from '../trpc.ts';

const flowId = z.object({ flowId: id });

export const flowRouter = router({
  list: scoped('flow:view')
    .input(z.object({ retailerId: id.optional() }))
    .query(({ ctx, input }) => flows.listFlows(ctx.scope, input.retailerId)),
  get: scoped('flow:view').input(flowId).query(({ ctx, input }) => flows.getFlow(ctx.scope, input.flowId)),
  create: scoped('flow:edit')
    .input(z.object({ retailerId: id, name, docText: docText.optional() }))
    .mutation(({ ctx, input }) => flows.createFlow(ctx.scope, input)),
  rename: scoped('flow:edit')
    .input(flowId.extend({ name }))
    .mutation(({ ctx, input }) => flows.renameFlow(ctx.scope, input)),
  archive: scoped('flow:edit').input(flowId).mutation(({ ctx, input }) => flows.archiveFlow(ctx.scope, input.flowId)),

  saveDraft: scoped('flow:edit')
    .input(flowId.extend({ revision, docText }))
    .mutation(({ ctx, input }) => drafts.saveDraft(ctx.scope, input)),
  restore: scoped('flow:edit')
    .input(flowId.extend({ versionId: id, revision }))
    .mutation(({ ctx, input }) => drafts.restoreDraft(ctx.scope, input)),

  publish: scoped('flow:publish')
    .input(flowId.extend({ revision, note: z.string().trim().max(500).optional(), activate: z.boolean() }))
    .mutation(({ ctx, input }) => versions.publishFlow(ctx.scope, input)),
  activate: scoped('flow:publish')
    .input(flowId.extend({ versionId: id }))
    .mutation(({ ctx, input }) => versions.activateVersion(ctx.scope, input)),
  deactivate: scoped('flow:publish')
    .input(flowId)
    .mutation(({ ctx, input }) => versions.deactivateFlow(ctx.scope, input.flowId)),
  hold: scoped('traffic:control')
    .input(flowId.extend({ reason: z.string().trim().min(1).max(500) }))
    .mutation(({ ctx, input }) => versions.holdFlow(ctx.scope, input)),
  resume: scoped('traffic:control')
    .input(flowId.extend({ /** Null: all at once. */ drainPerSecond: z.number().int().min(1).max(10_000).nullable() }))
    .mutation(({ ctx, input }) => versions.resumeFlow(ctx.scope, input)),
  versions: scoped('flow:view').input(flowId).query(({ ctx, input }) => versions.listVersions(ctx.scope, input.flowId)),
  version: scoped('flow:view')
    .input(z.object({ versionId: id }))
    .query(({ ctx, input }) => versions.getVersion(ctx.scope, input.versionId)),
});

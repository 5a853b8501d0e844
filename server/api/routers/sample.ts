import { z } from 'zod';
import * as samples from '../../services/sample.ts';
import { bodyText, id, name, nodeId } from '../inputs.ts';
import { router, scoped } from '../trpc.ts';

export const sampleRouter = router({
  list: scoped('event:view')
    .input(z.object({ flowId: id, nodeId: nodeId.optional() }))
    .query(({ ctx, input }) => samples.listSamples(ctx.scope, input)),
  /** Real events of a trigger, newest first, with their bodies. */
  recent: scoped('event:view')
    .input(z.object({ flowId: id, nodeId, limit: z.number().int().min(1).max(50).default(50) }))
    .query(({ ctx, input }) => samples.recentEvents(ctx.scope, input)),
  pin: scoped('flow:edit')
    .input(z.object({ flowId: id, nodeId, name, bodyText, /** The real event it was taken from. */ eventId: id.optional() }))
    .mutation(({ ctx, input }) => samples.pinSample(ctx.scope, input)),
  rename: scoped('flow:edit')
    .input(z.object({ sampleId: id, name }))
    .mutation(({ ctx, input }) => samples.renameSample(ctx.scope, input)),
  remove: scoped('flow:edit')
    .input(z.object({ sampleId: id }))
    .mutation(({ ctx, input }) => samples.removeSample(ctx.scope, input.sampleId)),
});

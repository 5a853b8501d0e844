import { z } from 'zod';
import { FAILURE_CLASSES } from '#engine/nodes/step.ts';
import * as retries from '../../services/exception-retry.ts';
import * as exceptions from '../../services/exception.ts';
import { exceptionReasons, exceptionStates } from '../../views/exception.ts';
import { bodyText, id, nodeId } from '../inputs.ts';
import { router, scoped } from '../trpc.ts';

const filter = z.object({
  state: z.enum(exceptionStates).default('open'),
  retailerId: id.optional(),
  flowId: id.optional(),
  nodeId: nodeId.optional(),
  class: z.enum(FAILURE_CLASSES).optional(),
  code: z.string().max(100).optional(),
  cause: z.string().max(64).optional(),
  /** Part of a business key or of what the other system said. */
  search: z.string().trim().max(200).optional(),
  assigned: z.enum(['me', 'nobody']).optional(),
});
const exceptionId = z.object({ exceptionId: id });
/** As many as one looks over on a screen. */
const exceptionIds = z.array(id).min(1).max(500);
const note = z.string().trim().max(2_000);

export const exceptionRouter = router({
  list: scoped('exception:view')
    .input(filter.extend({ cursor: z.string().max(200).nullish(), limit: z.number().int().min(1).max(200).default(50) }))
    .query(({ ctx, input }) => exceptions.listExceptions(ctx.scope, input)),
  causes: scoped('exception:view').input(filter).query(({ ctx, input }) => exceptions.listCauses(ctx.scope, input)),
  count: scoped('exception:view').query(({ ctx }) => exceptions.countOpenExceptions(ctx.scope)),
  get: scoped('exception:view').input(exceptionId).query(({ ctx, input }) => exceptions.getException(ctx.scope, input.exceptionId)),
  assign: scoped('exception:handle')
    .input(z.object({ exceptionIds, to: z.enum(['me', 'nobody']) }))
    .mutation(({ ctx, input }) => exceptions.assignExceptions(ctx.scope, input)),
  note: scoped('exception:handle')
    .input(exceptionId.extend({ text: note.min(1) }))
    .mutation(({ ctx, input }) => exceptions.noteException(ctx.scope, input)),
  resolve: scoped('exception:handle')
    .input(z.object({ exceptionIds, reason: z.enum(exceptionReasons), note: note.optional() }))
    .mutation(({ ctx, input }) => exceptions.resolveExceptions(ctx.scope, input)),
  reopen: scoped('exception:handle').input(exceptionId).mutation(({ ctx, input }) => exceptions.reopenException(ctx.scope, input.exceptionId)),
  editAndRetry: scoped('exception:handle')
    .input(exceptionId.extend({ dataText: bodyText }))
    .mutation(({ ctx, input }) => retries.editAndRetry(ctx.scope, input)),
  retryMany: scoped('exception:handle')
    .input(z.object({ exceptionIds }))
    .mutation(({ ctx, input }) => retries.retryExceptions(ctx.scope, input.exceptionIds)),
});

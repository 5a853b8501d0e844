import { z } from 'zod';
import * as checkpoints from '../../services/checkpoint.ts';
import { id } from '../inputs.ts';
import { router, scoped } from '../trpc.ts';

const flowId = z.object({ flowId: id });
const name = z.string().min(1).max(200);

export const checkpointRouter = router({
  list: scoped('checkpoint:view').input(flowId).query(({ ctx, input }) => checkpoints.listCheckpoints(ctx.scope, input.flowId)),
  history: scoped('checkpoint:view').input(flowId.extend({ name })).query(({ ctx, input }) => checkpoints.checkpointHistory(ctx.scope, input)),
  set: scoped('checkpoint:edit')
    .input(flowId.extend({ name, /** JSON text. */ valueText: z.string().min(1).max(20_000), note: z.string().trim().min(1).max(500) }))
    .mutation(({ ctx, input }) => checkpoints.setCheckpoint(ctx.scope, input)),
});

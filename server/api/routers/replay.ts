import { z } from 'zod';
import * as replays from '../../services/replay.ts';
import { rerunModes } from '../../views/rerun.ts';
import { id } from '../inputs.ts';
import { router, scoped } from '../trpc.ts';

const instant = z.iso.datetime({ offset: true });

const asked = z.object({
  mode: z.enum(rerunModes),
  perSecond: z.number().int().min(1).max(100).default(10),
  retailerId: id.optional(),
  flowId: id.optional(),
  from: instant.optional(),
  to: instant.optional(),
  state: z.enum(['succeeded', 'failed']).optional(),
  failureCode: z.string().trim().max(100).optional(),
  search: z.string().trim().max(200).optional(),
});
const replayId = z.object({ replayId: id });

export const replayRouter = router({
  preview: scoped('run:retry').input(asked).query(({ ctx, input }) => replays.previewReplay(ctx.scope, input)),
  start: scoped('run:retry')
    .input(asked.extend({ note: z.string().trim().max(500).default(''), /** Runs the dry run has shown. */ expected: z.number().int().min(1).max(replays.mostRuns) }))
    .mutation(({ ctx, input }) => replays.startReplay(ctx.scope, input)),
  list: scoped('run:retry').query(({ ctx }) => replays.listReplays(ctx.scope)),
  get: scoped('run:retry').input(replayId).query(({ ctx, input }) => replays.getReplay(ctx.scope, input.replayId)),
  cancel: scoped('run:retry').input(replayId).mutation(({ ctx, input }) => replays.cancelReplay(ctx.scope, input.replayId)),
});

import { z } from 'zod';
import * as reruns from '../../services/rerun.ts';
import * as live from '../../services/run-live.ts';
import * as steps from '../../services/run-step.ts';
import * as runs from '../../services/run.ts';
import { rerunModes } from '../../views/rerun.ts';
import { runStates } from '../../views/run.ts';
import { id, nodeId } from '../inputs.ts';
import { router, scoped } from '../trpc.ts';

const instant = z.iso.datetime({ offset: true });

export const runRouter = router({
  list: scoped('run:view')
    .input(
      z.object({
        retailerId: id.optional(),
        flowId: id.optional(),
        state: z.enum(runStates).optional(),
        from: instant.optional(),
        to: instant.optional(),
        /** A business key (exact, or its beginning) or the id of a run or event. */
        search: z.string().trim().max(200).optional(),
        cursor: z.string().max(200).nullish(),
        limit: z.number().int().min(1).max(200).default(50),
      }),
    )
    .query(({ ctx, input }) => runs.listRuns(ctx.scope, input)),
  get: scoped('run:view').input(z.object({ runId: id })).query(({ ctx, input }) => runs.getRun(ctx.scope, input.runId)),
  step: scoped('run:view')
    .input(z.object({ runId: id, nodeId, attempt: z.number().int().min(0).max(10_000) }))
    .query(({ ctx, input }) => steps.getRunStep(ctx.scope, input)),
  /** What running again would mean: version, and the confirmed writes it would repeat. */
  retryPreview: scoped('run:retry')
    .input(z.object({ runId: id, mode: z.enum(rerunModes) }))
    .query(({ ctx, input }) => reruns.previewRerun(ctx.scope, input)),
  retry: scoped('run:retry')
    .input(z.object({ runId: id, mode: z.enum(rerunModes).default('step') }))
    .mutation(({ ctx, input }) => reruns.retryRun(ctx.scope, input)),
  /** Says "runs of these retailers changed" at most a few times a second; the page then asks `list` again. */
  live: scoped('run:view').subscription(({ ctx, signal }) => live.runSignals(ctx.scope, signal)),
});

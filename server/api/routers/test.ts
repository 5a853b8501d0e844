import { z } from 'zod';
import * as tests from '../../services/test.ts';
import { bodyText, docText, id, nodeId } from '../inputs.ts';
import { router, scoped } from '../trpc.ts';

export const testRouter = router({
  start: scoped('test:run')
    .input(
      z.object({
        flowId: id,
        docText,
        triggerNodeId: nodeId,
        /** A pasted event; or a past one by its id. */
        bodyText: bodyText.optional(),
        eventId: id.optional(),
        sendWrites: z.boolean(),
        /** Stop behind this node. */
        untilNodeId: nodeId.optional(),
        /** This node alone, on a pasted record as it would arrive there. */
        onlyNodeId: nodeId.optional(),
      }).refine(({ untilNodeId, onlyNodeId }) => untilNodeId === undefined || onlyNodeId === undefined),
    )
    .mutation(({ ctx, input }) => tests.startTest(ctx.scope, input)),
  get: scoped('test:run')
    .input(z.object({ testRunId: id }))
    .query(({ ctx, input }) => tests.getTest(ctx.scope, input.testRunId)),
});

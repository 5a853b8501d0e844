import { z } from 'zod';
import * as presence from '../../services/presence.ts';
import { id, nodeId } from '../inputs.ts';
import { router, scoped } from '../trpc.ts';

export const presenceRouter = router({
  /** Every few seconds from every open designer: too often, and worth too little, for the audit trail. */
  beat: scoped('flow:edit', { audited: false })
    .input(z.object({ flowId: id, tab: id, nodeId: nodeId.nullable(), editing: z.boolean(), take: z.boolean().optional() }))
    .mutation(({ ctx, input }) => presence.beat(ctx.scope, input)),
  leave: scoped('flow:edit', { audited: false })
    .input(z.object({ flowId: id, tab: id }))
    .mutation(({ ctx, input }) => presence.leave(ctx.scope, input)),
});

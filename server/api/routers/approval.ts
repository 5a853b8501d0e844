import { z } from 'zod';
import * as approvals from '../../services/approval.ts';
import { id } from '../inputs.ts';
import { router, scoped } from '../trpc.ts';

const approvalId = z.object({ approvalId: id });

export const approvalRouter = router({
  list: scoped('approval:view')
    .input(z.object({ open: z.boolean().default(true), retailerId: id.optional() }))
    .query(({ ctx, input }) => approvals.listApprovals(ctx.scope, input)),
  count: scoped('approval:view').query(({ ctx }) => approvals.countApprovals(ctx.scope)),
  get: scoped('approval:view').input(approvalId).query(({ ctx, input }) => approvals.getApproval(ctx.scope, input.approvalId)),
  decide: scoped('approval:decide')
    .input(approvalId.extend({ decision: z.enum(['approved', 'rejected']), note: z.string().trim().max(2_000).default('') }))
    .mutation(({ ctx, input }) => approvals.decideApproval(ctx.scope, input)),
});

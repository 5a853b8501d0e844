import { z } from 'zod';
import * as retailers from '../../services/retailer.ts';
import { id } from '../inputs.ts';
import { router, scoped } from '../trpc.ts';

export const retailerRouter = router({
  list: scoped('retailer:view').query(({ ctx }) => retailers.listRetailers(ctx.scope)),
  get: scoped('retailer:view')
    .input(z.object({ retailerId: id }))
    .query(({ ctx, input }) => retailers.getRetailer(ctx.scope, input.retailerId)),
  setConcurrency: scoped('traffic:control')
    .input(z.object({ retailerId: id, concurrency: z.number().int().min(1).max(1_000).nullable() }))
    .mutation(({ ctx, input }) => retailers.setConcurrency(ctx.scope, input)),
});

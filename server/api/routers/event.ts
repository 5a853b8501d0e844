import { z } from 'zod';
import * as events from '../../services/event.ts';
import * as waiting from '../../services/waiting.ts';
import { bodyText, id, nodeId } from '../inputs.ts';
import { router, scoped } from '../trpc.ts';

export const eventRouter = router({
  list: scoped('event:view')
    .input(z.object({ flowId: id, nodeId: nodeId.optional(), limit: z.number().int().min(1).max(100).default(20) }))
    .query(({ ctx, input }) => events.listEvents(ctx.scope, input)),
  get: scoped('event:view')
    .input(z.object({ eventId: id }))
    .query(({ ctx, input }) => events.getEvent(ctx.scope, input.eventId)),
  /** Why an event, or the one behind a run, is not finished. */
  waiting: scoped('run:view')
    .input(z.object({ runId: id.optional(), eventId: id.optional() }).refine((asked) => asked.runId !== undefined || asked.eventId !== undefined))
    .query(({ ctx, input }) => waiting.whyWaiting(ctx.scope, input)),
  waitingList: scoped('event:view')
    .input(z.object({ flowId: id, limit: z.number().int().min(1).max(200).default(100) }))
    .query(({ ctx, input }) => waiting.listWaiting(ctx.scope, input)),
  send: scoped('event:send')
    .input(z.object({ flowId: id, nodeId: nodeId.optional(), bodyText }))
    .mutation(({ ctx, input }) => events.sendEvent(ctx.scope, input)),
});

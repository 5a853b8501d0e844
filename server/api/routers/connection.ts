import { z } from 'zod';
import { rateLimitSchema } from '#engine/flow/rate-limit.ts';
import { testConnection } from '../../services/connection-test.ts';
import * as connections from '../../services/connection.ts';
import { authKinds } from '../../views/connection.ts';
import { id, name } from '../inputs.ts';
import { router, scoped } from '../trpc.ts';

const secret = z.string().min(1).max(4_000);
const headerName = z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/);

const fields = z.object({
  name,
  baseUrl: z.url({ protocol: /^https?$/ }).max(2_000),
  authKind: z.enum(authKinds),
  authConfig: z.object({ username: z.string().max(200).optional(), header: headerName.optional() }),
  /** Omitted on update: the stored one stays. */
  secret: secret.optional(),
  webhookSecret: secret.optional(),
  concurrency: z.number().int().min(1).max(1_000).nullable().optional(),
  rateLimit: rateLimitSchema.nullable().optional(),
  drainPerSecond: z.number().int().min(1).max(10_000).nullable().optional(),
});

export const connectionRouter = router({
  /** Of all retailers the asker may see, by name: what the palette goes to. */
  find: scoped('connection:view')
    .input(z.object({ search: z.string().max(200).default('') }).default({ search: '' }))
    .query(({ ctx, input }) => connections.findConnections(ctx.scope, input.search)),
  list: scoped('connection:view')
    .input(z.object({ retailerId: id }))
    .query(({ ctx, input }) => connections.listConnections(ctx.scope, input.retailerId)),
  create: scoped('connection:edit')
    .input(fields.extend({ retailerId: id }))
    .mutation(({ ctx, input }) => connections.createConnection(ctx.scope, input)),
  update: scoped('connection:edit')
    .input(fields.extend({ connectionId: id }))
    .mutation(({ ctx, input }) => connections.updateConnection(ctx.scope, input)),
  remove: scoped('connection:edit')
    .input(z.object({ connectionId: id }))
    .mutation(({ ctx, input }) => connections.removeConnection(ctx.scope, input.connectionId)),
  pause: scoped('traffic:control')
    .input(z.object({ connectionId: id, note: z.string().trim().min(1).max(500) }))
    .mutation(({ ctx, input }) => connections.pauseConnection(ctx.scope, input)),
  resume: scoped('traffic:control')
    .input(z.object({ connectionId: id }))
    .mutation(({ ctx, input }) => connections.resumeConnection(ctx.scope, input.connectionId)),
  test: scoped('connection:edit')
    .input(z.object({ connectionId: id }))
    .mutation(({ ctx, input }) => testConnection(ctx.scope, input.connectionId)),
});

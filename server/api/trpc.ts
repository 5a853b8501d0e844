import { initTRPC, TRPCError } from '@trpc/server';
import type { Permission } from '../auth/permissions.ts';
import { AppError, trpcCodes } from '../errors/app-error.ts';
import type { Scope } from '../tenancy/scope.ts';
import type { Context } from './context.ts';
import { describeError } from './describe-error.ts';
import { openScope } from './open-scope.ts';

/** Stated on every procedure; the isolation test walks the router and reads it. */
export interface ProcedureMeta {
  scope: Permission | 'public';
  /** False: the mutation leaves no audit row. Only for what changes nothing anybody would look up later (a heartbeat). */
  audited?: false;
}

const t = initTRPC
  .context<Context>()
  .meta<ProcedureMeta>()
  .create({
    // Half an hour, then the client comes again and is asked anew who it is.
    sse: { maxDurationMs: 1_800_000, ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 45_000 } },
    errorFormatter({ shape, error }) {
      const told = describeError(error);
      return {
        message: told.code,
        code: shape.code,
        data: { code: shape.data.code, httpStatus: shape.data.httpStatus, path: shape.data.path, appCode: told.code, params: told.params },
      };
    },
  });

/** Services throw `AppError`; this turns its code into tRPC's by the one table. */
const translateErrors = t.middleware(async ({ next, ctx, path }) => {
  const result = await next();
  if (result.ok) return result;
  const told = describeError(result.error);
  if (told.code === 'internal') ctx.logError(path, result.error);
  throw new TRPCError({ code: trpcCodes[told.code], message: told.code, cause: result.error.cause ?? result.error });
});

const base = t.procedure.use(translateErrors);

/**
 * For what needs nobody signed in. It is given no scope, so it can reach no tenant's data.
 * `scoped` and this are the only ways to make a procedure: `t` stays in this file.
 */
export const publicProcedure = base.meta({ scope: 'public' });

/**
 * A procedure for people who hold `permission`. Its context carries the scope: the tenant of whoever asks.
 * A mutation leaves an audit row, written in the transaction that changes the data; nobody has to remember it.
 */
export function scoped(permission: Permission, options: { audited?: false } = {}) {
  return base.meta({ scope: permission, ...options }).use(async ({ ctx, next, path, type, getRawInput }) => {
    const actor = await ctx.actor();
    if (actor === null) throw new AppError('unauthenticated');
    if (!actor.permissions.includes(permission)) throw new AppError('forbidden', { permission });
    const opened = openScope({ runtime: ctx.runtime, actor, path, mutation: type === 'mutation', audited: options.audited !== false, input: await getRawInput() });
    const scope: Scope = opened.scope;
    const result = await next({ ctx: { actor, scope } });
    if (result.ok) await opened.finish();
    return result;
  });
}

export const router = t.router;
export const callerFactory = t.createCallerFactory;

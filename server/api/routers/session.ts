import { z } from 'zod';
import * as sessions from '../../services/session.ts';
import { publicProcedure, router, scoped } from '../trpc.ts';

export const sessionRouter = router({
  me: scoped('session:view').query(({ ctx }) => sessions.describeSession(ctx.scope, ctx.locale)),

  /** Sets a cookie and touches no data: the sign-in page may use it too. */
  setLocale: publicProcedure.input(z.object({ locale: z.enum(['en', 'de']) })).mutation(({ ctx, input }) => {
    ctx.responseHeaders.append('set-cookie', `weft-locale=${input.locale}; Path=/; Max-Age=31536000; SameSite=Lax`);
    return { locale: input.locale };
  }),
});

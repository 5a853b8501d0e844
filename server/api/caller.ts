import { appRouter } from './router.ts';
import { callerFactory } from './trpc.ts';

/** Calls procedures within this process, through the same doors as over HTTP. For server components and tests. */
export const createCaller = callerFactory(appRouter);

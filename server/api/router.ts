import { approvalRouter } from './routers/approval.ts';
import { checkpointRouter } from './routers/checkpoint.ts';
import { connectionRouter } from './routers/connection.ts';
import { eventRouter } from './routers/event.ts';
import { exceptionRouter } from './routers/exception.ts';
import { flowRouter } from './routers/flow.ts';
import { presenceRouter } from './routers/presence.ts';
import { replayRouter } from './routers/replay.ts';
import { retailerRouter } from './routers/retailer.ts';
import { runRouter } from './routers/run.ts';
import { sampleRouter } from './routers/sample.ts';
import { sessionRouter } from './routers/session.ts';
import { tableRouter, xrefRouter } from './routers/table.ts';
import { testRouter } from './routers/test.ts';
import { router } from './trpc.ts';

/** Everything the web process can be asked for: one router per aggregate. */
export const appRouter = router({
  session: sessionRouter,
  retailer: retailerRouter,
  connection: connectionRouter,
  flow: flowRouter,
  event: eventRouter,
  sample: sampleRouter,
  test: testRouter,
  presence: presenceRouter,
  run: runRouter,
  replay: replayRouter,
  exception: exceptionRouter,
  approval: approvalRouter,
  checkpoint: checkpointRouter,
  table: tableRouter,
  xref: xrefRouter,
});

export type AppRouter = typeof appRouter;

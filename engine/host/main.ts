import { BootError } from './boot-error.ts';
import { startEngine, type Engine } from './engine.ts';
import { readEnv } from './env.ts';
import { armFaultPoint } from './fault-points.ts';
import { createLog } from './log.ts';

/** Exit code for "do not start me again like this". */
const EXIT_CONFIGURATION = 78;
const STOP_MS = 10_000;

/** The engine process: `node engine/host/main.ts [--roles ingress,worker,scheduler]`. Settings: env.ts. */
async function main(): Promise<void> {
  const env = readEnv();
  const log = createLog(env.logLevel);
  if (env.fault) armFaultPoint(env.fault);
  let engine: Engine | null = null;
  let stopping = false;

  const stop = (why: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ why }, 'engine stops');
    // Whatever hangs: by now the leases run out by themselves, and what was accepted is in the database.
    setTimeout(() => process.exit(1), STOP_MS + (env.drainMs ?? 0)).unref();
    const stopped = engine ? engine.stop() : Promise.resolve();
    stopped.then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  // A child of the launcher does not outlive it.
  process.on('disconnect', () => stop('the supervisor is gone'));
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'));
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'uncaught exception');
    process.exit(1);
  });

  try {
    const started = performance.now();
    engine = await startEngine(env, log);
    log.info({ port: engine.port, roles: [...env.roles], ms: Math.round(performance.now() - started) }, 'engine ready');
    process.send?.({ type: 'ready', port: engine.port });
  } catch (error) {
    if (!(error instanceof BootError)) throw error;
    log.fatal(error.message);
    process.exit(EXIT_CONFIGURATION);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof BootError ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exit(error instanceof BootError ? EXIT_CONFIGURATION : 1);
});

import { pino } from 'pino';
import type { Engine } from '#engine/host/engine.ts';
import { startEngine } from '#engine/host/engine.ts';
import { ROLES, type EngineEnv, type Role } from '#engine/host/env.ts';

/** Settings of an engine in a test: any free port, quiet. */
export function testEnv(engineUrl: string, masterKey: string, roles: readonly Role[] = ROLES): EngineEnv {
  return {
    databaseUrl: engineUrl,
    host: '127.0.0.1',
    port: 0,
    masterKey: { text: masterKey },
    logLevel: 'silent',
    maxBodyBytes: 5 * 1024 * 1024,
    slots: 64,
    sandboxChildren: 1,
    roles: new Set(roles),
  };
}

/** An engine inside the test's own process. */
export function startTestEngine(env: EngineEnv): Promise<Engine> {
  return startEngine(env, pino({ level: env.logLevel }));
}

import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { createSandbox } from '#engine/sandbox/pool.ts';
import { BootError } from './boot-error.ts';
import { startBoss } from './boss.ts';
import { createConnections } from './config/connections.ts';
import { createEndpoints } from './config/endpoints.ts';
import { createFlows } from './config/flows.ts';
import { watchConfig } from './config/watch-config.ts';
import { openDatabase } from './database.ts';
import { createCallPort } from './egress/call-port.ts';
import { createPools } from './egress/pools.ts';
import { watchAllowed } from './egress/watch-allowed.ts';
import type { EngineEnv } from './env.ts';
import { createInbox } from './inbox/accept-events.ts';
import { createIngress } from './ingress/server.ts';
import { createJournalWriter } from './journal/journal-writer.ts';
import { startBellLoop } from './lanes/bell-loop.ts';
import { ringLanes } from './lanes/doorbell.ts';
import { createLaneManager } from './lanes/lane-manager.ts';
import { createLaneNews } from './lanes/lane-news.ts';
import { createEntryRunner } from './lanes/run-entry.ts';
import type { Log } from './log.ts';
import { startHousekeeping } from './retention/housekeeping.ts';
import { startTelemetry } from './telemetry/telemetry.ts';
import { createRunNotices } from './run-notices.ts';
import { startReplayer } from './replay/replayer.ts';
import { startScheduler } from './scheduler/scheduler.ts';
import { startState } from './state/start-state.ts';
import { startTraffic } from './traffic/start-traffic.ts';
import { startTrials } from './trial/trials.ts';
import { openVault, readMasterKey } from './vault.ts';

export interface Engine {
  /** Port the ingress listens on. */
  port: number;
  /** Port of `GET /metrics`; null when they are not served. */
  metricsPort: number | null;
  /** Says "not ready" first, stops taking in, lets what runs end, gives the lanes back. At most ten seconds. */
  stop(): Promise<void>;
}

const DRAIN_MS = 6_000;
/** What a request that is being answered may still take. */
const LISTENING_END_MS = 3_000;

/** Puts one engine process together from its parts. @throws BootError when it must not run */
export async function startEngine(env: EngineEnv, log: Log): Promise<Engine> {
  const database = openDatabase(env.databaseUrl);
  const { sql } = database;
  const closers: (() => Promise<unknown> | void)[] = [() => database.close()];
  let leaving = false;
  const close = async () => {
    for (const closer of closers.reverse()) await Promise.resolve(closer()).catch((error: unknown) => log.warn({ err: error }, 'while stopping'));
  };
  try {
    const masterKey = 'text' in env.masterKey ? env.masterKey.text : readMasterKey(env.masterKey.file);
    const vault = await openVault(sql, masterKey);
    const boss = await startBoss(env.databaseUrl, { log, scheduler: env.roles.has('scheduler') });
    closers.push(() => boss.stop({ graceful: false, close: true }));

    const flows = createFlows(sql);
    const connections = createConnections(sql, vault);
    const endpoints = createEndpoints(sql, { flows, connections });
    const allowed = await watchAllowed(sql, { log, changed: () => pools.reset() });
    const pools = createPools({ allowed: allowed.current });
    closers.push(() => pools.close(), () => allowed.stop());
    const watched = await startTelemetry(env, { log, sql, flows });
    closers.push(() => watched.stop());
    const owner = `${process.pid}-${Date.now().toString(36)}`;
    const { traffic, gate, ...shared } = startTraffic({ sql, log, owner, flows });
    const news = createLaneNews(sql, log);
    closers.push(() => shared.stop(), () => news.stop());
    const egress = watched.calls(createCallPort({ pools, connections, traffic }));
    const sandbox = watched.sandbox(createSandbox({ children: env.sandboxChildren }));
    closers.push(() => sandbox.close());

    const notices = createRunNotices(sql, log);
    const ring = (lanes: Parameters<typeof ringLanes>[1], at?: number) => ringLanes(boss, lanes, at === undefined ? {} : { at });
    let turn = 0;
    const anyLane = (flowId: string, lanes: number) => manager?.preferredLane(flowId, lanes) ?? (turn += 1) % lanes;
    const state = await startState({ sql, log, flows, ring, anyLane, accept: (event) => inbox.accept(event) });
    closers.push(() => state.stop());
    const writer = createJournalWriter(database.journal, {
      log,
      written(writes, ms) {
        notices.note(writes);
        state.replies.written(writes);
        watched.written(writes, ms);
      },
    });
    closers.push(() => notices.stop(), () => writer.close());
    const runner = createEntryRunner({ sql, flows, writer, egress, sandbox, state: state.host });
    const manager = !env.roles.has('worker')
      ? null
      : createLaneManager({
          sql, log, runner, ring, slots: env.slots, owner, gate, news,
          flush: () => writer.flush(), isWell: traffic.isWell, countWorkers: traffic.countWorkers,
        });
    shared.serve(manager);
    if (manager) {
      closers.push(() => manager.stop(DRAIN_MS));
      const bells = await startBellLoop({ boss, sql, log, manager });
      closers.push(() => bells.stop());
      const trials = await startTrials({ boss, sql, log, egress, pools, connections, sandbox, state: state.sources });
      closers.push(() => trials.stop());
    }
    watched.manager(manager, env.slots);
    const inbox = watched.inbox(createInbox({ sql: database.accept, boss, manager, news, log }));
    const watch = await watchConfig(sql, { caches: { flows, connections, endpoints, state }, log, changed: (flowId) => manager?.nudge(flowId), healthChanged: traffic.healthChanged });
    closers.push(() => watch.stop(), () => inbox.close());
    if (env.roles.has('scheduler')) {
      const scheduler = await startScheduler({ sql, log, flows, inbox });
      const housekeeping = startHousekeeping(sql, log);
      const replayer = startReplayer({ boss, sql, log, flows });
      closers.push(() => scheduler.stop(), () => housekeeping.stop(), () => replayer.stop());
    }
    const server = createIngress({
      endpoints, log, inbox: env.roles.has('ingress') ? inbox : null, maxBodyBytes: env.maxBodyBytes,
      anyLane, replies: state.replies,
      ready: async () => !leaving && (await sql`select 1`.catch(() => [])).length > 0,
    });
    watched.server(server);
    closers.push(() => stopListening(server));
    const port = await listen(server, env);
    return {
      port,
      metricsPort: watched.port,
      async stop() {
        leaving = true;
        // Whoever asks over a connection that stays open is told to come back on a new one, which then goes elsewhere.
        server.on('request', (_request, response) => (response.shouldKeepAlive = false));
        if (env.drainMs) await new Promise((resolve) => setTimeout(resolve, env.drainMs));
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function listen(server: Server, env: EngineEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new BootError(`The engine cannot listen on ${env.host}:${env.port} (${error.message}).`)));
    server.listen({ host: env.host, port: env.port, backlog: 1024 }, () => resolve(portOf(server.address())));
  });
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), LISTENING_END_MS).unref();
  });
}

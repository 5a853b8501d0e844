import type { Server } from 'node:http';
import type { Sandbox } from '#engine/sandbox/pool.ts';
import type { Flows } from '../config/flows.ts';
import type { Sql } from '../database.ts';
import type { CallPort } from '../egress/call-port.ts';
import type { EngineEnv } from '../env.ts';
import type { Inbox } from '../inbox/accept-events.ts';
import type { RunWrite } from '../journal/run-write.ts';
import type { LaneManager } from '../lanes/lane-manager.ts';
import type { Log } from '../log.ts';

/** Metrics and traces of one engine process. Off unless set; what is off is not loaded and wraps nothing. */
export interface Telemetry {
  /** Port of the metrics; null when off. */
  port: number | null;
  written(writes: readonly RunWrite[], ms: number): void;
  calls(port: CallPort): CallPort;
  sandbox(sandbox: Sandbox): Sandbox;
  inbox(inbox: Inbox): Inbox;
  manager(manager: LaneManager | null, slots: number): void;
  server(server: Server): void;
  stop(): Promise<void>;
}

/** @throws BootError when the port of the metrics is taken */
export async function startTelemetry(env: EngineEnv, from: { log: Log; sql: Sql; flows: Flows }): Promise<Telemetry> {
  const metrics = env.metrics ? await startMetrics(env.metrics, { ...from, installation: env.roles.has('scheduler') }) : null;
  const tracing = env.tracing ? (await import('./tracing.ts')).startTracing(env.tracing, from.log) : null;
  return {
    port: metrics?.port ?? null,
    written(writes, ms) {
      metrics?.counts.written(writes, ms);
      tracing?.written(writes);
    },
    calls: (port) => tracing?.calls(port) ?? port,
    sandbox: (sandbox) => metrics?.counts.sandbox(sandbox) ?? sandbox,
    inbox: (inbox) => metrics?.counts.inbox(inbox) ?? inbox,
    manager(manager, slots) {
      if (!metrics || !manager) return;
      const { registry } = metrics.counts;
      registry.gauge('weft_lanes_held', 'Lanes this process holds', () => manager.stats().lanes);
      registry.gauge('weft_slots', 'Runs under way at once: used and most', () => [[{ kind: 'used' }, manager.stats().running], [{ kind: 'most' }, slots]]);
      registry.gauge('weft_events_ready', 'Events in held lanes that could start', () => manager.stats().ready);
    },
    server: (server) => metrics?.counts.server(server),
    async stop() {
      await tracing?.stop();
      await metrics?.stop();
    },
  };
}

async function startMetrics(at: { host: string; port: number }, from: { sql: Sql; flows: Flows; installation: boolean }) {
  const [{ createEngineMetrics }, { databaseGauges }, { serveMetrics }] = await Promise.all([
    import('../metrics/engine-metrics.ts'), import('../metrics/database-gauges.ts'), import('../metrics/serve-metrics.ts'),
  ]);
  const counts = createEngineMetrics();
  if (from.installation) databaseGauges(counts.registry, from);
  const served = await serveMetrics(counts.registry, at);
  return {
    counts,
    port: served.port,
    async stop() {
      counts.close();
      await served.close();
    },
  };
}

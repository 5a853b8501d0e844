import type { EngineProcess } from './fleet.ts';
import type { Stage } from './stage.ts';

/** Kills one of the workers every `everyMs` and starts it again, and restarts Postgres the immediate way at these moments, until told to stop. */
export interface Killing {
  /** Ends it; resolves when every process is up again. */
  stop(): Promise<{ kills: number; restarts: number }>;
}

export function startKilling(stage: Stage, options: { everyMs: number; roles?: string; pick(workers: EngineProcess[]): EngineProcess; databaseAtMs: number[] }): Killing {
  const from = performance.now();
  const restartsDue = [...options.databaseAtMs];
  let stopped = false;
  let kills = 0;
  let restarts = 0;
  const replacing = new Set<Promise<unknown>>();

  async function killWorker(): Promise<void> {
    // One that is still starting is replaced by whoever started it: killed here, it would come back twice, and so would those two.
    const workers = stage.fleet.alive.filter((engine) => engine.ready && engine.options.roles === (options.roles ?? 'worker'));
    if (workers.length === 0) return;
    const victim = options.pick(workers);
    kills += 1;
    await stage.during(`SIGKILL ${victim.name}`, () => victim.kill('SIGKILL'));
    const replaced: Promise<unknown> = stage.fleet.replace(victim).finally(() => replacing.delete(replaced));
    replacing.add(replaced);
  }

  async function restartDatabase(): Promise<void> {
    restarts += 1;
    await stage.during('Postgres immediate restart', async () => {
      await stage.cluster.kill('SIGQUIT');
      await stage.cluster.start();
    });
  }

  const done = (async () => {
    for (let tick = 1; !stopped; tick += 1) {
      const due = from + tick * options.everyMs;
      while (!stopped && performance.now() < due) await new Promise((resolve) => setTimeout(resolve, 20));
      if (stopped) break;
      await killWorker();
      if (restartsDue[0] !== undefined && performance.now() - from >= restartsDue[0]) {
        restartsDue.shift();
        await restartDatabase();
      }
    }
  })();

  return {
    async stop() {
      stopped = true;
      await done;
      // Those due and not had yet: the scenario promises them.
      for (const _ of restartsDue.splice(0)) await restartDatabase();
      await Promise.all(replacing);
      return { kills, restarts };
    },
  };
}

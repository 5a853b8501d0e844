import { round } from './load.ts';
import { usageOf } from './proc.ts';
import type { SystemUnderTest } from './system.ts';

export interface StartFigures {
  /** From starting the process until its webhook answers, on data that is there. */
  readySeconds: number;
  /** Resident memory after a quiet while, of its processes without a database server, megabytes. */
  idleMb: number;
  idleCpuPercent: number;
}

const QUIET_MS = 10_000;

/** W3: ends the system, starts it again, and lets it be. */
export async function measureStart(system: SystemUnderTest): Promise<StartFigures> {
  await system.kill();
  const begun = performance.now();
  await system.restart();
  const readySeconds = round((performance.now() - begun) / 1000);
  const pids = system.memory?.() ?? Object.values(system.processes()).flat();
  // Half of the quiet while for what comes after the start.
  await new Promise((resolve) => setTimeout(resolve, QUIET_MS / 2));
  const before = usageOf(pids);
  await new Promise((resolve) => setTimeout(resolve, QUIET_MS / 2));
  const after = usageOf(pids);
  return { readySeconds, idleMb: after.residentMb, idleCpuPercent: round(((after.cpuMs - before.cpuMs) / (QUIET_MS / 2)) * 100) };
}

export const startHead = ['system', 'start s', 'idle MB', 'idle CPU %'];

export function startRow(name: string, figures: StartFigures): (string | number)[] {
  return [name, figures.readySeconds, figures.idleMb, figures.idleCpuPercent];
}

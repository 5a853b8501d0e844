import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from './random.ts';
import type { ChaosContext, Scenario, Verdict } from './scenario.ts';
import { Stage } from './stage.ts';

export type Size = 'short' | 'usual' | 'long';

export interface Result extends Verdict {
  id: string;
  title: string;
  wanted: string;
  seed: number;
  size: Size;
  seconds: number;
}

/** Runs one scenario on a stage of its own and takes everything down again. A scenario that throws has missed. */
export async function runScenario(scenario: Scenario, options: { seed: number; size: Size; say(line: string): void; keep?: boolean }): Promise<Result> {
  const { seed, size, say } = options;
  const undo: (() => Promise<unknown> | void)[] = [];
  const folder = (): string => {
    const made = mkdtempSync(join(tmpdir(), 'weft-chaos-'));
    // The user PostgreSQL runs as must be able to enter.
    chmodSync(made, 0o711);
    undo.push(() => (options.keep ? say(`kept ${made}`) : rmSync(made, { recursive: true, force: true })));
    return made;
  };
  const context: ChaosContext = {
    seed, say, folder,
    random: new Random(seed),
    long: size === 'long',
    short: size === 'short',
    size: (sizes) => sizes[size],
    after: (one) => void undo.push(one),
    async stage(stageOptions) {
      const stage = await Stage.open(folder(), seed, stageOptions);
      undo.push(() => stage.close());
      return stage;
    },
  };
  const from = performance.now();
  let verdict: Verdict;
  try {
    verdict = await scenario.run(context);
  } catch (error) {
    verdict = { figures: {}, misses: [`it could not be played: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`] };
  }
  for (const one of undo.reverse()) await Promise.resolve(one()).catch((error: unknown) => say(`while taking down: ${String(error)}`));
  const { id, title, wanted } = scenario;
  return { id, title, wanted, seed, size, seconds: Math.round((performance.now() - from) / 1000), ...verdict };
}

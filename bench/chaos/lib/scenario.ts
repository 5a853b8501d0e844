import type { Random } from './random.ts';
import type { Stage, StageOptions } from './stage.ts';

/** What a scenario measured, and what it did not reach. */
export interface Verdict {
  figures: Record<string, string | number>;
  /** One sentence each; empty means the scenario holds. */
  misses: string[];
}

export interface ChaosContext {
  seed: number;
  random: Random;
  /** The full size, where the usual one is cut down. */
  long: boolean;
  /** The smallest size: seconds, for the test command. */
  short: boolean;
  say(line: string): void;
  /** A database cluster, a far end and engines of this scenario's own; taken down when it ends. */
  stage(options?: StageOptions): Promise<Stage>;
  /** A folder that is removed when the scenario ends. */
  folder(): string;
  /** Runs when the scenario ends, last one first. */
  after(undo: () => Promise<unknown> | void): void;
  /** One of three sizes. */
  size(sizes: { short: number; usual: number; long: number }): number;
}

/** One row of the table of promises. */
export interface Scenario {
  id: string;
  title: string;
  /** The figure to reach, in words. */
  wanted: string;
  run(context: ChaosContext): Promise<Verdict>;
}

/** Collects what was not reached. */
export class Misses {
  readonly list: string[] = [];

  /** Notes `text` unless the condition holds. */
  expect(holds: boolean, text: string): void {
    if (!holds) this.list.push(text);
  }

  add(texts: readonly string[]): void {
    this.list.push(...texts);
  }
}

import type { FormulaRunner } from './formula-runner.ts';
import { runFormulas } from './run-formulas.ts';

/** Runs formulas where it is called, stopped only by what the library itself looks at: for tests and command lines, never for a page or a server. */
export const inlineFormulas: FormulaRunner = {
  evaluate: async (task) => ({ ok: true, output: await runFormulas(task) }),
  close: () => undefined,
};

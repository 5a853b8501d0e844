import { runFormulas, type FormulaTask } from './run-formulas.ts';

/** What the worker says: that it is there, and what came of each task. */
export type WorkerSays = { ready: true } | { id: number; output: string } | { id: number; error: string };

interface Scope {
  onmessage: ((event: { data: FormulaTask & { id: number } }) => void) | null;
  postMessage(message: WorkerSays): void;
}

/** The formulas of previews, in a worker of their own: one that never ends takes the worker with it, not the page. */
export function serveFormulas(scope: Scope): void {
  scope.onmessage = ({ data: { id, ...task } }) => {
    runFormulas(task).then(
      (output) => scope.postMessage({ id, output }),
      (error: unknown) => scope.postMessage({ id, error: error instanceof Error ? error.message : String(error) }),
    );
  };
  scope.postMessage({ ready: true });
}

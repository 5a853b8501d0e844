import type { FlowPlan, PlanStep } from './compile.ts';

/**
 * Kinds that hand on each record under the key it came with, whatever their configuration says. Of every other kind that
 * makes, joins or cuts records, a changed configuration may give a known key to another record.
 */
const KEEPS_KEYS = new Set([
  'map', 'filter', 'branch', 'http-request', 'raise-exception', 'formula', 'validate', 'lookup-table', 'cross-reference', 'wait', 'approval',
  'flow-call', 'flow-event', 'flow-variable', 'respond', 'try', 'dedupe', 'debounce', 'webhook-trigger', 'manual-trigger', 'api-trigger',
  'flow-trigger', 'schedule-trigger',
]);

/**
 * Whether what `nodeId` has done in a run of one version still counts in another: the records come to it along the same
 * way, under the same keys, and it still says the same kind of thing to the same place. Only then may a run go on with the
 * other version without repeating its writes. In doubt false.
 */
export function keepsEffects(before: FlowPlan, after: FlowPlan, nodeId: string): boolean {
  const [old, now] = [wayTo(before, nodeId), wayTo(after, nodeId)];
  if (old === null || now === null || old.size !== now.size) return false;
  for (const [id, step] of old) {
    const other = now.get(id);
    if (other === undefined || other.kind.kind !== step.kind.kind || !sameInputs(step, other)) return false;
    if (!KEEPS_KEYS.has(step.kind.kind) && !sameJson(step.config, other.config)) return false;
  }
  return sameTarget(old.get(nodeId)?.config, now.get(nodeId)?.config);
}

/** A node and all that leads to it; null when the version does not have it. */
function wayTo(plan: FlowPlan, nodeId: string): Map<string, PlanStep> | null {
  const steps = new Map(plan.steps.map((step) => [step.nodeId, step]));
  const way = new Map<string, PlanStep>();
  const open = [nodeId];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const step = steps.get(id);
    if (step === undefined) return null;
    if (way.has(id)) continue;
    way.set(id, step);
    open.push(...step.inputs.map((input) => input.from.node));
  }
  return way;
}

function sameInputs(a: PlanStep, b: PlanStep): boolean {
  const names = (step: PlanStep) => step.inputs.map(({ port, from }) => `${port}<${from.node}.${from.port}`).sort();
  return sameJson(names(a), names(b));
}

/** A node that calls elsewhere now has confirmed nothing there. */
function sameTarget(a: unknown, b: unknown): boolean {
  return ['connectionId', 'method', 'url'].every((field) => sameJson(fieldOf(a, field), fieldOf(b, field)));
}

function fieldOf(config: unknown, field: string): unknown {
  return typeof config === 'object' && config !== null ? Object.entries(config).find(([key]) => key === field)?.[1] : undefined;
}

function sameJson(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

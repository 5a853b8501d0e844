import type { FlowPlan, PlanStep } from '#engine/flow/compile.ts';

/** A step as one trigger's events see it. */
export interface TriggerStep {
  step: PlanStep;
  /** Edges whose producer this trigger reaches, in the order of the plan. */
  inputs: { node: string; port: string }[];
  /**
   * Its output depends on which records came together (a batch), so it must not run while a record that may still come is
   * waiting for a retry: the same batch key would name other contents later.
   */
  barrier: boolean;
}

/** The part of a flow that one trigger's events go through, in topological order; the trigger itself comes first. */
export interface TriggerPlan {
  trigger: string;
  steps: TriggerStep[];
}

const cache = new WeakMap<FlowPlan, Map<string, TriggerPlan>>();

/** The steps reachable from a trigger. Computed once per plan; null when the plan has no such node. */
export function triggerPlan(plan: FlowPlan, trigger: string): TriggerPlan | null {
  let byTrigger = cache.get(plan);
  if (!byTrigger) cache.set(plan, (byTrigger = new Map()));
  const known = byTrigger.get(trigger);
  if (known) return known;
  const made = reach(plan, trigger);
  if (made) byTrigger.set(trigger, made);
  return made;
}

function reach(plan: FlowPlan, trigger: string): TriggerPlan | null {
  const start = plan.steps.find((step) => step.nodeId === trigger);
  if (!start) return null;
  const reached = new Set([trigger]);
  const steps: TriggerStep[] = [{ step: start, inputs: [], barrier: false }];
  for (const step of plan.steps) {
    const inputs = step.inputs.map((input) => input.from).filter((from) => reached.has(from.node));
    if (step.nodeId === trigger || inputs.length === 0) continue;
    reached.add(step.nodeId);
    steps.push({ step, inputs, barrier: isBarrier(step) });
  }
  return { trigger, steps };
}

function isBarrier(step: PlanStep): boolean {
  const ports = step.kind.ports(step.config);
  return ports.outputs.some((port) => port.type === 'batch') && ports.inputs.some((port) => port.type !== 'batch');
}

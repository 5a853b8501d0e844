import type { FlowPlan } from '#engine/flow/compile.ts';

export interface Part {
  triggerNodeId: string;
  untilNodeId: string | null;
  onlyNodeId: string | null;
}

/**
 * The steps that a test is about: all of them, those that lead from the trigger to a node together with it, or one alone. A step
 * beside the way is left out, so that nothing is called that the node does not need. Null: the trigger does not lead there.
 */
export function partOf(plan: FlowPlan, { triggerNodeId, untilNodeId, onlyNodeId }: Part): FlowPlan | null {
  if (onlyNodeId !== null) return plan.steps.some(({ nodeId }) => nodeId === onlyNodeId) ? keep(plan, new Set([onlyNodeId])) : null;
  if (untilNodeId === null) return plan;
  const wanted = leadingTo(plan, untilNodeId);
  return wanted.has(triggerNodeId) ? keep(plan, wanted) : null;
}

function leadingTo(plan: FlowPlan, nodeId: string): Set<string> {
  const steps = new Map(plan.steps.map((step) => [step.nodeId, step]));
  const seen = new Set([nodeId]);
  for (const id of seen) for (const { from } of steps.get(id)?.inputs ?? []) seen.add(from.node);
  return seen;
}

function keep(plan: FlowPlan, kept: ReadonlySet<string>): FlowPlan {
  const steps = plan.steps.flatMap((step) =>
    kept.has(step.nodeId)
      ? [{ ...step, inputs: step.inputs.filter(({ from }) => kept.has(from.node)), consumers: step.consumers.filter(({ to }) => kept.has(to.node)) }]
      : [],
  );
  return { ...plan, steps, triggers: plan.triggers.filter((id) => kept.has(id)) };
}

import type { FlowPlan } from '#engine/flow/compile.ts';
import { triggerPlan } from './trigger-plan.ts';

/**
 * The number of the attempt a person asks for: the first one, from this number on, with which a new budget begins.
 * @param nodeId where the run begins
 */
export function freshAttempt(plan: FlowPlan, nodeId: string, attempt: number): number {
  const budget = triggerPlan(plan, nodeId)?.budget ?? 1;
  return attempt + ((budget - ((attempt - 1) % budget)) % budget);
}

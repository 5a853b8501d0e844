import type { DataRecord } from '#engine/nodes/step.ts';
import type { TriggerPlan, TriggerStep } from './trigger-plan.ts';

/** What a finished step left for the steps after it. */
export interface StepResult {
  outputs: Record<string, DataRecord[]>;
  /** Records of this step, or of a step before it, wait for a retry: more may come later. */
  pending: boolean;
  /** This execution changed something in the world here or upstream that may not be durable in the journal yet. */
  unsynced: boolean;
}

/** Where a run stands: results by node id. */
export type RunState = ReadonlyMap<string, StepResult>;

export interface ReadyStep {
  at: TriggerStep;
  records: DataRecord[];
  pending: boolean;
  unsynced: boolean;
}

/** `run`: these steps can go now, side by side. `end`: nothing more can be done in this attempt. */
export type Decision = { type: 'run'; steps: ReadyStep[] } | { type: 'end' };

/**
 * Which steps are ready. Pure: the same plan and state give the same decision, so a run can be taken up by any process.
 * A step is ready when every producer it can hear from is done; a barrier waits for a later attempt while a record that
 * could still reach it is pending.
 * @param event the trigger's input
 */
export function advance(plan: TriggerPlan, state: RunState, event: DataRecord): Decision {
  const steps: ReadyStep[] = [];
  for (const at of plan.steps) {
    if (state.has(at.step.nodeId)) continue;
    const ready = at.step.nodeId === plan.trigger ? { at, records: [event], pending: false, unsynced: false } : gather(at, state);
    if (ready && !(at.barrier && ready.pending)) steps.push(ready);
  }
  return steps.length === 0 ? { type: 'end' } : { type: 'run', steps };
}

function gather(at: TriggerStep, state: RunState): ReadyStep | null {
  const records: DataRecord[] = [];
  const fanIn = at.inputs.length > 1;
  let pending = false;
  let unsynced = false;
  for (const from of at.inputs) {
    const result = state.get(from.node);
    if (!result) return null;
    pending ||= result.pending;
    unsynced ||= result.unsynced;
    const arriving = result.outputs[from.port];
    if (!arriving) continue;
    if (!fanIn) return { at, records: arriving, pending, unsynced };
    for (const record of arriving) records.push({ key: fanInKey(record.key, from), data: record.data });
  }
  return { at, records, pending, unsynced };
}

/**
 * Where edges meet, the same record may arrive by two ways. The way becomes part of the key *always*, not only on a clash:
 * whether two keys clash can differ between attempts (one may have failed the first time), and a key must not.
 */
function fanInKey(key: string, from: { node: string; port: string }): string {
  return `${key}@${from.node}.${from.port}`;
}

import type { DataRecord } from '#engine/nodes/step.ts';
import type { StepInputEdge, TriggerStep } from './trigger-plan.ts';

/** What a finished step left for the steps after it. */
export interface StepResult {
  outputs: Record<string, DataRecord[]>;
  /** Records of this step, or of a step before it, wait for a retry or are held: more may come later. */
  pending: boolean;
  /** This execution changed something in the world here or upstream that may not be durable in the journal yet. */
  unsynced: boolean;
}

/** Where a run stands: results by step name. */
export type RunState = ReadonlyMap<string, StepResult>;

export interface ReadyStep {
  at: TriggerStep;
  records: DataRecord[];
  /** By input port; null for steps with at most one. */
  byPort: Record<string, DataRecord[]> | null;
  pending: boolean;
  unsynced: boolean;
}

/** What comes from outside of these steps. */
export interface Arriving {
  /** The step that starts, and the record it starts with; null: the results to start from are in the state. */
  start: { name: string; record: DataRecord } | null;
  /** False on every page but the first: records from before the paged source have been worked on. */
  first: boolean;
}

/** `run`: these steps can go now, side by side. `end`: nothing more can be done in this attempt. */
export type Decision = { type: 'run'; steps: ReadyStep[] } | { type: 'end' };

/**
 * Which steps are ready. Pure: the same steps and state give the same decision, so a run can be taken up by any process.
 * A step is ready when every producer it can hear from is done; a barrier waits for a later attempt while a record that
 * could still reach it is pending.
 */
export function advance(among: readonly TriggerStep[], state: RunState, arriving: Arriving): Decision {
  const steps: ReadyStep[] = [];
  for (const at of among) {
    if (state.has(at.name)) continue;
    const { start } = arriving;
    const ready = at.name === start?.name ? { at, records: [start.record], byPort: null, pending: false, unsynced: false } : gather(at, state, arriving.first);
    if (ready && !(at.barrier && ready.pending)) steps.push(ready);
  }
  return steps.length === 0 ? { type: 'end' } : { type: 'run', steps };
}

/** What has arrived at a step; null while a producer is not done. */
export function gather(at: TriggerStep, state: RunState, first: boolean): ReadyStep | null {
  const records: DataRecord[] = [];
  const fanIn = at.inputs.length > 1;
  const byPort: Record<string, DataRecord[]> | null = at.port === null && at.collects === null && fanIn ? {} : null;
  let pending = false;
  let unsynced = false;
  for (const from of at.inputs) {
    const result = state.get(from.from);
    if (!result) return null;
    pending ||= result.pending;
    unsynced ||= result.unsynced;
    const arriving = result.outputs[from.port];
    if (!arriving || (from.outside && !first && !from.repeats)) continue;
    if (!fanIn) return { at, records: arriving, byPort: at.port === null ? { [from.to]: arriving } : null, pending, unsynced };
    const place = byPort ? (byPort[from.to] ??= []) : null;
    for (const record of arriving) {
      const marked = { key: fanInKey(record.key, from), data: record.data };
      records.push(marked);
      place?.push(marked);
    }
  }
  return { at, records, byPort, pending, unsynced };
}

/**
 * Where edges meet, the same record may arrive by two ways. The way becomes part of the key *always*, not only on a clash:
 * whether two keys clash can differ between attempts (one may have failed the first time), and a key must not.
 */
function fanInKey(key: string, from: StepInputEdge): string {
  return `${key}${from.suffix}`;
}

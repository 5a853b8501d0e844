import type { FlowPlan } from '#engine/flow/compile.ts';
import type { Json } from '#engine/flow/json.ts';
import type { EventInfo } from '#engine/nodes/step.ts';
import type { RunJournal } from './journal.ts';
import type { RunPorts } from './ports.ts';

/** One attempt of one run, as it is asked for. */
export interface RunInput {
  plan: FlowPlan;
  event: EventInfo;
  /** The trigger node the event came in at; or any node, to do one record again from there. */
  nodeId: string;
  /** The event's body. */
  data: Json;
  journal: RunJournal;
  ports: RunPorts;
  /** From 1. */
  attempt: number;
  /** A person asked for this attempt, after the run had ended: what may be tried again has all its attempts anew. */
  byHand?: boolean;
}

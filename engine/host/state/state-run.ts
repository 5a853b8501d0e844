import type { EventInfo } from '#engine/nodes/step.ts';
import type { AnySql } from '../database.ts';

/** Whose state it is: one attempt of one run. */
export interface StateRun {
  partnerId: string;
  retailerId: string;
  flowId: string;
  environment: string;
  runId: string;
  eventId: string;
  /** Epoch milliseconds. */
  receivedAt: number;
  trigger: EventInfo['trigger'];
  /** Place in the lane: orders events accepted in the same millisecond. */
  seq: number;
  businessKeys: readonly string[];
  attempt: number;
  /** The run had ended, and a person put it back: what failed is tried again. */
  byHand: boolean;
  /** JSON text of a checkpoint this attempt has set, before it counts for others. */
  marked(name: string): string | undefined;
  /** @throws StaleRun when this process must not act for the run any more */
  alive(): void;
}

/** What every operation is given: the run, the node that asks, and the database. */
export interface Asking {
  run: StateRun;
  nodeId: string;
  sql: AnySql;
}

import type { Json } from '#engine/flow/json.ts';
import type { EventInfo } from '#engine/nodes/step.ts';

/** What a run needs of its event. */
export interface EventBody {
  environment: string;
  nodeId: string;
  trigger: EventInfo['trigger'];
  test: boolean;
  /** As it came in; not kept when `data` is there. */
  text: string;
  /** Parsed already, when the event was accepted by this process. */
  data: Json | undefined;
}

/** An event that waits in a lane. Times are epoch milliseconds. */
export interface Entry {
  seq: number;
  eventId: string;
  receivedAt: number;
  /** The run of an earlier attempt. */
  runId: string | null;
  orderingKey: string | null;
  /** The attempt to be made, from 1. */
  attempt: number;
  dueAt: number;
  /** Why it waits, once it has run; stays while the next attempt runs. */
  waitingCode: string | null;
  /** The connection or node it waits for. */
  waitingRef: string | null;
  /** While it waits, later entries of its ordering key may go. */
  letsPass: boolean;
  /** Null: to be loaded before it runs. */
  body: EventBody | null;
}

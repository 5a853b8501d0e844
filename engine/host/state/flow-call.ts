import { parseJson, type Json } from '#engine/flow/json.ts';
import type { FlowCallAnswer, StatePort } from '#engine/nodes/step.ts';
import { effectKey } from '#engine/run/effect-key.ts';
import type { Flows } from '../config/flows.ts';
import type { Accepted, NewEvent } from '../inbox/accept-events.ts';
import { MOST_RECORD } from '../journal/caps.ts';
import { makeEvent, MOST_DEEP, depthOf } from './make-event.ts';
import type { Asking } from './state-run.ts';

type Request = Parameters<StatePort['callFlow']>[0];

export interface FlowCallOptions {
  flows: Flows;
  accept(event: NewEvent): Promise<Accepted>;
  anyLane(flowId: string, lanes: number): number;
}

interface ReplyRow {
  event_id: string;
  outcome: 'responded' | 'ended' | 'failed' | null;
  status: number | null;
  body: string | null;
  code: string | null;
}

/** An answer wakes the run; should that be lost, it is found by looking again after so long. */
const LOOK_AGAIN_MS = 30_000;

/**
 * Calls another flow for a record: its event is made once, under the effect's key; the answer is in `reply` once there is one. A call
 * that failed is made anew when a person puts the run back.
 * @param open told the event that is waited for
 */
export async function callFlow(asking: Asking, request: Request, options: FlowCallOptions & { open(eventId: string): void }): Promise<FlowCallAnswer> {
  const { run, nodeId, sql } = asking;
  const key = effectKey(run.eventId, nodeId, request.recordKey);
  const find = async () => {
    const [row] = await sql<ReplyRow[]>`
      select c.event_id, r.outcome, r.status, r.body, r.code from flow_call c left join reply r on r.event_id = c.event_id where c.key = ${key}`;
    return row;
  };
  const called = await find();
  const again = called !== undefined && run.byHand && hasFailed(called);
  if (called && !again) return answerOf(called, request, options.open);
  const begun = await begin(asking, { ...request, key, deliveryId: again ? `${key}~${run.attempt}` : key }, options);
  if ('state' in begun) return begun;
  return answerOf((await find()) ?? { event_id: begun.eventId, outcome: null, status: null, body: null, code: null }, request, options.open);
}

function hasFailed({ outcome, status }: ReplyRow): boolean {
  return outcome === 'failed' || (status ?? 0) >= 400;
}

async function begin(asking: Asking, request: Request & { key: string; deliveryId: string }, options: FlowCallOptions): Promise<FlowCallAnswer | { eventId: string }> {
  const { run, nodeId, sql } = asking;
  const refused = (code: string, message: string): FlowCallAnswer => ({ state: 'failed', code, message });
  const flow = await options.flows.live(request.flowId, run.environment);
  if (!flow || flow.retailerId !== run.retailerId) return refused('flow_unknown', `There is no live flow ${request.flowId}.`);
  if (!flow.active) return refused('flow_paused', `The flow ${request.flowId} is paused.`);
  const trigger = flow.plan.steps.find((step) => step.kind.kind === 'flow-trigger');
  if (!trigger) return refused('flow_not_callable', `The flow ${request.flowId} has no flow trigger.`);
  const depth = (await depthOf(asking)) + 1;
  if (depth > MOST_DEEP) return refused('flow_depth', `Flows call each other more than ${MOST_DEEP} deep.`);
  const event = makeEvent({ flow, nodeId: trigger.nodeId, data: request.data, deliveryId: request.deliveryId, depth, anyLane: options.anyLane });
  const { length } = event.body;
  if (length > MOST_RECORD) return refused('payload_too_large', `The record has ${length} characters, ${MOST_RECORD} are allowed.`);
  const { eventId, receivedAt } = await options.accept(event);
  await sql`
    insert into flow_call (key, partner_id, retailer_id, run_id, node_id, record_key, flow_id, event_id, received_at)
    values (${request.key}, ${run.partnerId}, ${run.retailerId}, ${run.runId}, ${nodeId}, ${request.recordKey}, ${request.flowId}, ${eventId},
      ${new Date(receivedAt).toISOString()})
    on conflict (key) do update set event_id = excluded.event_id, received_at = excluded.received_at, created_at = now()`;
  return { eventId };
}

function answerOf(row: ReplyRow, request: Request, open: (eventId: string) => void): FlowCallAnswer {
  if (row.outcome === 'failed') return { state: 'failed', code: row.code ?? 'failed', message: textIn(row.body) };
  if (row.outcome !== null) return { state: 'answered', status: row.status ?? 200, data: row.outcome === 'responded' ? parseJson(row.body ?? 'null') : null };
  const now = Date.now();
  if (now >= request.timeoutAt) return { state: 'timeout' };
  open(row.event_id);
  return { state: 'open', until: Math.min(request.timeoutAt, now + LOOK_AGAIN_MS) };
}

function textIn(body: string | null): string {
  const message: Json = parseJson(body ?? '""');
  return typeof message === 'string' ? message : '';
}

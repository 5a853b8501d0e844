import { stringifyJson, type Json } from '#engine/flow/json.ts';
import { laneOf } from '#engine/flow/ordering.ts';
import type { LiveFlow } from '../config/flows.ts';
import type { NewEvent } from '../inbox/accept-events.ts';
import type { Asking } from './state-run.ts';

/** Flows that start each other come to an end here. */
export const MOST_DEEP = 16;
const DEPTH = 'weft-depth';

/** An event that one flow makes for another. `deliveryId` makes it once. */
export function makeEvent(of: { flow: LiveFlow; nodeId: string; data: Json; deliveryId: string; depth: number; anyLane(flowId: string, lanes: number): number }): NewEvent {
  const { flow, data } = of;
  const orderingKey = flow.orderingKeyOf(data);
  return {
    partnerId: flow.partnerId,
    retailerId: flow.retailerId,
    flowId: flow.flowId,
    environment: flow.environment,
    endpointKey: null,
    nodeId: of.nodeId,
    trigger: 'flow',
    lane: orderingKey === null ? of.anyLane(flow.flowId, flow.lanes) : laneOf(orderingKey, flow.lanes),
    orderingKey,
    deliveryId: of.deliveryId,
    headers: JSON.stringify({ [DEPTH]: String(of.depth) }),
    body: stringifyJson(data),
    contentType: 'application/json',
    data,
  };
}

/** How many flows deep the event of this run was made; 0 when it came from outside. */
export async function depthOf({ run, sql }: Asking): Promise<number> {
  if (run.trigger !== 'flow') return 0;
  const [row] = await sql<{ depth: number | null }[]>`
    select (headers::jsonb ->> ${DEPTH})::int as depth from inbox where received_at = ${new Date(run.receivedAt).toISOString()} and id = ${run.eventId}`;
  return row?.depth ?? 0;
}

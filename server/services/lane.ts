import { randomInt } from 'node:crypto';
import type { FlowSettings } from '#engine/flow/document.ts';
import type { Json } from '#engine/flow/json.ts';
import { laneCount, laneOf, orderingKeyReader } from '#engine/flow/ordering.ts';

/** Where an event belongs: the lane of its ordering key, or any lane when the flow keeps no order or the event has no key. */
export function placeInLane(settings: FlowSettings, data: Json): { lane: number; orderingKey: string | null } {
  const lanes = laneCount(settings);
  const orderingKey = orderingKeyReader(settings)(data);
  return { lane: orderingKey === null ? randomInt(lanes) : laneOf(orderingKey, lanes), orderingKey };
}

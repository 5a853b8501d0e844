import { randomInt } from 'node:crypto';
import type { FlowSettings } from '#engine/flow/document.ts';
import { textOf } from '#engine/flow/json.ts';
import type { Json } from '#engine/flow/json.ts';
import { getPath, parsePath } from '#engine/flow/path.ts';

const maxLanes = 64;
const maxKeyLength = 200;

/** Where an event belongs: the lane of its ordering key, or any lane when the flow keeps no order or the event has no key. */
export function placeInLane(settings: FlowSettings, data: Json): { lane: number; orderingKey: string | null } {
  const lanes = Math.max(1, Math.min(maxLanes, Math.floor(settings.concurrency)));
  const path = settings.orderingKey === null ? null : parsePath(settings.orderingKey);
  const value = path === null ? undefined : getPath(data, path);
  const key = value === undefined || (typeof value === 'object' && value !== null) ? '' : textOf(value).slice(0, maxKeyLength);
  return key === '' ? { lane: randomInt(lanes), orderingKey: null } : { lane: laneOf(key, lanes), orderingKey: key };
}

/** FNV-1a over UTF-16 units: the very same as the ingress uses, or one key's events would run in two lanes and lose their order. */
export function laneOf(orderingKey: string, lanes: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < orderingKey.length; at += 1) hash = Math.imul(hash ^ orderingKey.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % lanes;
}

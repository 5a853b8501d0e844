import type { FlowSettings } from './document.ts';
import { isRecord, textOf, type Json } from './json.ts';
import { getPath, parsePath, type Path } from './path.ts';

const LANES = 8;
const MAX_KEY_LENGTH = 200;

/**
 * How many lanes a flow's events are spread over: always as many, so that a changed concurrency moves no key to another lane.
 * More lanes would spread a flow over more processes, and cost a head row and a lease each.
 */
export function laneCount(_settings: FlowSettings): number {
  return LANES;
}

/**
 * The lane an ordering key belongs to, from 0 (FNV-1a over UTF-16 units). Ingress and web must agree on it, or one key's
 * events would run in two lanes and lose their order.
 */
export function laneOf(orderingKey: string, lanes: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < orderingKey.length; at += 1) hash = Math.imul(hash ^ orderingKey.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % lanes;
}

/** Reads the ordering key of an event's body: null where the flow keeps no order or this event has no key. */
export function orderingKeyReader(settings: FlowSettings): (data: Json) => string | null {
  const path = settings.orderingKey === null ? null : parsePath(settings.orderingKey);
  return path === null ? () => null : (data) => keyTextAt(data, path) || null;
}

/** A scalar of the body as people search and sort by it, at most 200 characters; '' for objects, lists and what is not there. */
export function keyTextAt(data: Json, path: Path): string {
  const value = getPath(data, path);
  return value === undefined || isRecord(value) || Array.isArray(value) ? '' : textOf(value).slice(0, MAX_KEY_LENGTH);
}
